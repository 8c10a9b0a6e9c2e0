@echo off
rem Makes up a city, judges its parcels and opens the map: for a double click, on Windows.
rem Only ASCII may stand above chcp.
setlocal
chcp 65001 >nul
title kyoten demo
rem A folder of a network is given a letter of its own by pushd; cd refuses it.
pushd "%~dp0"
if errorlevel 1 goto elsewhere
if not exist "kyoten.exe" goto packed
"%~dp0kyoten.exe" demo --out demo
if errorlevel 1 goto failed
echo.
rem In quotes: a path may hold an ampersand.
echo 地図 / the map: "%CD%\demo\map.html"
start "" "demo\map.html"
if errorlevel 1 goto unseen
popd
pause
exit /b 0

:packed
echo kyoten.exe がありません。ZIPを右クリックして「すべて展開」を選び、できたフォルダーの中でもう一度開いてください。
echo kyoten.exe is not here. Right-click the zip, choose "Extract All", and open this again in the folder that it makes.
popd
pause
exit /b 1

:failed
echo.
echo 地図を作れませんでした。理由は上に表示されています。
echo No map could be made: see above.
popd
pause
exit /b 1

:unseen
echo ブラウザーを開けませんでした。上のファイルを開いてください。
echo No browser could be opened: open that file.
popd
pause
exit /b 0

:elsewhere
echo このフォルダーを開けません。デスクトップなどに移してから、もう一度開いてください。
echo This folder cannot be entered. Move it to the desktop, for example, and open this again.
pause
exit /b 1
