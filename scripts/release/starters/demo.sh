#!/bin/sh
# Makes up a city, judges its parcels and opens the map: for a double click, on Linux and macOS.
#
# 架空の市を作って判定し、その地図をブラウザーで開きます。
cd "$(dirname "$0")" || exit

# Says why nothing is to be seen, and leaves the window open until it is read.
failed() {
    printf '\n%s\n' "$@" >&2
    if [ -t 0 ]; then
        printf '\nEnter キーで閉じます。 / Press Enter to close.\n' >&2
        read -r _
    fi
    exit 1
}

# Shows a page in the browser. A machine without a screen has none, and loses nothing by it.
show() {
    if [ "$(uname)" = Darwin ]; then
        open "$1"
    elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null; then
        xdg-open "$1"
    else
        false
    fi
}

[ -f kyoten ] || failed 'kyoten がありません。ZIPをすべて展開してから、もう一度開いてください。' \
    'The program is not here: unpack the whole zip first, then open this again.'
[ -x kyoten ] || chmod +x kyoten || failed 'kyoten を実行できるようにできません。' 'kyoten cannot be made a program that may be run.'
./kyoten demo --out demo || failed '地図を作れませんでした。理由は上に表示されています。' 'No map could be made: see above.'
printf '\n地図 / the map: %s\n' "$PWD/demo/map.html"
show "$PWD/demo/map.html" || printf '%s\n' 'この画面からはブラウザーを開けません。上のファイルを開いてください。' \
    'No browser can be opened from here: open that file.'
