<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en_US">
  <context>
    <name>kyoten</name>
    <message>
      <source>Whether drawn zones meet the criteria (assess)</source>
      <translation>描いた区域が条件を満たすか（assess）</translation>
    </message>
    <message>
      <source>Asks zones that you have drawn as wholes: every criterion with the share of the zone in which it holds, the parts that break it, and the largest part that meets all. Each feature of the layer is one zone; a layer in memory that was only just drawn will do, once its edits are saved.

What a zone is stands in its field zone (central, local, senior); where there is none, say it below. Its name stands in name. The status is 1 where a criterion of a zone is not met or not known.</source>
      <translation>描いた区域が条件を満たすかを、区域全体で確かめます。条件ごとに、それが成り立つ面積の割合、満たさない部分、すべてを満たす最大の部分を示します。地物1つが区域1つです。描いたばかりのメモリーレイヤーも、編集を保存すれば使えます。

区域の種類は属性 zone（central、local、senior）に書きます。属性がなければ下で指定してください。名前は属性 name に書きます。満たさない条件や分からない条件があると、終了コードは1です。</translation>
    </message>
    <message>
      <source>What zones are that do not say it (central, local, senior)</source>
      <translation>属性 zone のない区域の種類（central、local、senior）</translation>
    </message>
    <message>
      <source>Assessed zones</source>
      <translation>確かめた区域</translation>
    </message>
    <message>
      <source>Project file kyoten.toml</source>
      <translation>プロジェクトファイル kyoten.toml</translation>
    </message>
    <message>
      <source>Drawn zones</source>
      <translation>描いた区域</translation>
    </message>
    <message>
      <source>Exit status of the program</source>
      <translation>プログラムの終了コード</translation>
    </message>
    <message>
      <source>The program kyoten is not on this computer, or the settings lead to a file that is not there. Get the zip for your system or the wheel (.whl) of kyoten, then open the toolbox › kyoten › “Install the program” and choose that file. Nothing else is needed, neither rights of an administrator nor a network. If the program is there already, name it under Settings › Options › Processing › Providers › kyoten.</source>
      <translation>プログラム kyoten がこのパソコンにないか、設定したファイルが見つかりません。お使いのシステム用のZIP、またはwheel（.whl）を入手し、ツールボックスの「kyoten」にある「プログラムを入れる」で、そのファイルを選んでください。管理者権限もネットワークも要りません。すでに入っている場合は、「設定」›「オプション」›「プロセシング」›「プロバイダ」›「kyoten」で場所を指定してください。</translation>
    </message>
    <message>
      <source>The program is done, and its answer asks for attention (status 1).</source>
      <translation>完了しましたが、確認を要することがあります（終了コード1）。</translation>
    </message>
    <message>
      <source>{program} cannot be started ({reason}). Install the program again.</source>
      <translation>{program} を起動できません（{reason}）。プログラムを入れ直してください。</translation>
    </message>
    <message>
      <source>The program ended with status {status}.</source>
      <translation>プログラムが終了コード{status}で終わりました。</translation>
    </message>
    <message>
      <source>What changed between two runs (diff)</source>
      <translation>2つの結果の違い（diff）</translation>
    </message>
    <message>
      <source>Compares two folders of results: statuses gained and lost by parcels and hectares, the stop that did it, candidate zones that appeared or vanished, and what else differs between the runs.

The table holds every parcel that changed, by its kyoten_id.</source>
      <translation>2つの結果のフォルダーを比べ、判定の変わった筆の数と面積、その原因の停留所、現れた候補区域と消えた候補区域、そのほかの違いを示します。

表には、判定の変わった筆をすべて kyoten_id とともに書きます。</translation>
    </message>
    <message>
      <source>Table of changed parcels</source>
      <translation>判定の変わった筆の表</translation>
    </message>
    <message>
      <source>Folder of results from before (A)</source>
      <translation>前の結果のフォルダー（A）</translation>
    </message>
    <message>
      <source>Folder of results from after (B)</source>
      <translation>後の結果のフォルダー（B）</translation>
    </message>
    <message>
      <source>Why a parcel stands as it does (explain)</source>
      <translation>筆がなぜそう判定されたか（explain）</translation>
    </message>
    <message>
      <source>Says for one parcel every criterion with its threshold, the measured value and the margin, what decides it, and the smallest change that would turn it. The id is the column kyoten_id of the results; where several parcels have the same one, add @ and the place in the file, such as 12-3@2.

The project file is the kyoten.toml that you ran, also the one that QGIS wrote into the folder of the results. The path of a folder of results without one can be typed too: then what its columns say is told.

With the parcel left empty and a folder chosen, every parcel is written there with its margins as columns.</source>
      <translation>1つの筆について、すべての条件の基準値、測った値、余裕、判定を決めているもの、判定を変える最小の変化を示します。番号は結果の列 kyoten_id です。同じ番号の筆がいくつもあるときは、「12-3@2」のように、@とファイルの中での順番を付けてください。

プロジェクトファイルには、判定に使った kyoten.toml を指定します。QGISが結果のフォルダーに書いたものも使えます。kyoten.toml のない結果のフォルダーのパスを入力すると、列から分かることを示します。

番号を空にしてフォルダーを選ぶと、すべての筆を、余裕の列を加えて書き出します。</translation>
    </message>
    <message>
      <source>Folder for all parcels with their margins</source>
      <translation>余裕の列を加えたすべての筆のフォルダー</translation>
    </message>
    <message>
      <source>Project file kyoten.toml, or a folder of results</source>
      <translation>プロジェクトファイル kyoten.toml、または結果のフォルダー</translation>
    </message>
    <message>
      <source>Id of the parcel (kyoten_id)</source>
      <translation>筆の番号（kyoten_id）</translation>
    </message>
    <message>
      <source>Project file for a folder of downloads (init)</source>
      <translation>ダウンロードしたフォルダーからプロジェクトファイルを作る（init）</translation>
    </message>
    <message>
      <source>Looks through a folder of downloaded files, zips as they are, says what each was taken for and why, what was left and what is missing with its publisher, and writes a project file kyoten.toml for them.

Look through that file with an editor, then give it to “Judge parcels”. Unless another file is said, it is kyoten.toml in the folder itself; one that is there is written over only if you say so.</source>
      <translation>ダウンロードしたファイルのフォルダーを調べ（ZIPは展開しなくてかまいません）、それぞれを何として、なぜそう読むか、使わないもの、足りないものとその提供元を示し、プロジェクトファイル kyoten.toml を書きます。

エディターで中身を確かめてから、「筆を判定する」に指定してください。別のファイルを指定しなければ、フォルダーの中の kyoten.toml に書きます。すでにあるときは、上書きを選んだ場合だけ書き換えます。</translation>
    </message>
    <message>
      <source>Folder of downloads</source>
      <translation>ダウンロードしたフォルダー</translation>
    </message>
    <message>
      <source>Project file (unless said, kyoten.toml in the folder)</source>
      <translation>プロジェクトファイル（指定がなければフォルダーの中の kyoten.toml）</translation>
    </message>
    <message>
      <source>Project file</source>
      <translation>プロジェクトファイル</translation>
    </message>
    <message>
      <source>Write over a file that is there</source>
      <translation>すでにあるファイルを上書きする</translation>
    </message>
    <message>
      <source>Project file that was written</source>
      <translation>書いたプロジェクトファイル</translation>
    </message>
    <message>
      <source>How files are read (inspect)</source>
      <translation>ファイルの中身と読み方（inspect）</translation>
    </message>
    <message>
      <source>Says what files or a layer hold and how the program reads them: which layer of a study they are taken for, format, system of coordinates, text encoding, fields, and every problem with the features that have it.

Zips can be chosen as they are; each layer in them is told.</source>
      <translation>ファイルやレイヤーの中身と、その読み方を示します。どのレイヤーと見分けたか、形式、座標参照系、文字コード、属性、そしてすべての問題を地物とともに挙げます。

ZIPはそのまま選べます。中のレイヤーをそれぞれ示します。</translation>
    </message>
    <message>
      <source>Or a layer of the project</source>
      <translation>またはプロジェクトのレイヤー</translation>
    </message>
    <message>
      <source>Read in this system of coordinates, whatever the file says</source>
      <translation>ファイルに何と書いてあっても、この座標参照系で読む</translation>
    </message>
    <message>
      <source>Read in this text encoding (such as cp932)</source>
      <translation>この文字コードで読む（例: cp932）</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>ファイル</translation>
    </message>
    <message>
      <source>Choose files or a layer.</source>
      <translation>ファイルかレイヤーを選んでください。</translation>
    </message>
    <message>
      <source>Install the program</source>
      <translation>プログラムを入れる</translation>
    </message>
    <message>
      <source>Unpacks the program kyoten into the profile of QGIS, out of the zip for your system or the wheel (.whl) that you have on the disk. Nothing is downloaded, and no rights of an administrator are needed; an earlier version is replaced.

The file is checked first: that it is whole, that nothing in it leads elsewhere, and that its program runs on this computer. If you know the SHA-256 of the file from where you got it, enter it to be sure that it is that file. To use a program that is elsewhere, name it under Settings › Options › Processing › Providers › kyoten.</source>
      <translation>お手元にある、お使いのシステム用のZIPかwheel（.whl）から、プログラム kyoten をQGISのプロファイルに展開します。何もダウンロードせず、管理者権限も要りません。前の版は置き換えます。

先にファイルを調べます。壊れていないこと、フォルダーの外に書くものがないこと、中のプログラムがこのパソコンで動くことを確かめます。入手元にSHA-256が示されていれば、入力すると同じファイルかどうかも確かめます。別の場所にあるプログラムを使うときは、「設定」›「オプション」›「プロセシング」›「プロバイダ」›「kyoten」で指定してください。</translation>
    </message>
    <message>
      <source>SHA-256 of the file, if you know it</source>
      <translation>ファイルのSHA-256（分かる場合）</translation>
    </message>
    <message>
      <source>Zip or wheel</source>
      <translation>ZIPまたはwheel</translation>
    </message>
    <message>
      <source>Zip or wheel (.whl) of kyoten</source>
      <translation>kyotenのZIPまたはwheel（.whl）</translation>
    </message>
    <message>
      <source>Where the program is</source>
      <translation>プログラムの場所</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>バージョン</translation>
    </message>
    <message>
      <source>Installed: {version}, in {folder}</source>
      <translation>入れました: {version}（{folder}）</translation>
    </message>
    <message>
      <source>Still map of a run (map)</source>
      <translation>結果の図（map）</translation>
    </message>
    <message>
      <source>Draws a zone of a finished run on one sheet, as PDF (vector, its text can be searched), PNG or SVG: the parcels by status, candidate zones, where each criterion holds, stations and stops, over what the project file names as backdrop; beside the map the legend, counts, criteria with their thresholds, and whose data it rests on. Nothing is measured anew.

Sheets to be changed by hand are in the project kyoten.qgz beside the results, under Project › Layouts.</source>
      <translation>終わった判定の1つの区域を、PDF（ベクター、文字の検索可）、PNG、SVGの1枚の図にします。筆の判定、候補区域、条件ごとの範囲、駅・停留所を、プロジェクトファイルの backdrop に指定した背景の上に描き、地図の横に凡例、筆数と面積、条件と基準値、資料の作成者を示します。測り直しはしません。

手を加えたいときは、結果のフォルダーの kyoten.qgz を開き、「プロジェクト」›「レイアウト」のシートを使ってください。</translation>
    </message>
    <message>
      <source>Zone whose statuses are shown (central, local, …); the first unless said</source>
      <translation>判定を示す区域（central、local など。指定がなければ最初の区域）</translation>
    </message>
    <message>
      <source>A sheet for each candidate zone (PDF)</source>
      <translation>候補区域ごとに1枚（PDF）</translation>
    </message>
    <message>
      <source>Show the sites that were added to the run</source>
      <translation>結果に加えた敷地を示す</translation>
    </message>
    <message>
      <source>Title (unless said, the name of the study and the zone)</source>
      <translation>表題（指定がなければ調査名と区域）</translation>
    </message>
    <message>
      <source>Line below the title</source>
      <translation>表題の下の1行</translation>
    </message>
    <message>
      <source>Who made the map</source>
      <translation>作成者</translation>
    </message>
    <message>
      <source>Date, as it is to stand there</source>
      <translation>日付（そのまま記します）</translation>
    </message>
    <message>
      <source>Note for readers of the map</source>
      <translation>図を見る人への注記</translation>
    </message>
    <message>
      <source>Japanese with smaller English</source>
      <translation>日本語と小さな英語</translation>
    </message>
    <message>
      <source>Japanese</source>
      <translation>日本語</translation>
    </message>
    <message>
      <source>English</source>
      <translation>英語</translation>
    </message>
    <message>
      <source>Dots an inch of a PNG</source>
      <translation>PNGの解像度（dpi）</translation>
    </message>
    <message>
      <source>Folder of results</source>
      <translation>結果のフォルダー</translation>
    </message>
    <message>
      <source>Size of the sheet</source>
      <translation>用紙の大きさ</translation>
    </message>
    <message>
      <source>Upright, with the words below the map</source>
      <translation>縦長（文字は地図の下）</translation>
    </message>
    <message>
      <source>Languages of what is drawn</source>
      <translation>図の言語</translation>
    </message>
    <message>
      <source>Map</source>
      <translation>図</translation>
    </message>
    <message>
      <source>A map is a file that ends in .pdf, .png or .svg.</source>
      <translation>図のファイル名は .pdf、.png、.svg のいずれかで終わるようにしてください。</translation>
    </message>
    <message>
      <source>Other values for this time, one KEY=VALUE a line</source>
      <translation>この実行に限る値（1行に1つ、キー=値）</translation>
    </message>
    <message>
      <source>Add the results to the project</source>
      <translation>結果をプロジェクトに加える</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>報告</translation>
    </message>
    <message>
      <source>Page</source>
      <translation>ページ</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>すべてのファイル</translation>
    </message>
    <message>
      <source>Peak service of stops (peaks)</source>
      <translation>停留所のピーク時運行本数（peaks）</translation>
    </message>
    <message>
      <source>Counts for every stop of timetables (GTFS, GTFS-JP) the departures of its peak hour in one direction, under every rule of counting, and makes a layer of points of them. Unless a day is said, each timetable's representative weekday is counted.</source>
      <translation>時刻表（GTFS、GTFS-JP）の停留所ごとに、ピーク時の片道の本数をすべての数え方で数え、点のレイヤーにします。日を指定しなければ、時刻表ごとの代表的な平日を数えます。</translation>
    </message>
    <message>
      <source>Day that is counted (such as 2026-06-03)</source>
      <translation>数える日（例: 2026-06-03）</translation>
    </message>
    <message>
      <source>Poles of one name within so many metres are one stop</source>
      <translation>同じ名前の標柱を1つの停留所とみなす距離（m）</translation>
    </message>
    <message>
      <source>Departures an hour to reach (3 unless said)</source>
      <translation>必要な本数（指定がなければ3本）</translation>
    </message>
    <message>
      <source>Timetables (GTFS zips)</source>
      <translation>時刻表（GTFSのZIP）</translation>
    </message>
    <message>
      <source>Peak service of stops</source>
      <translation>停留所のピーク時運行本数</translation>
    </message>
    <message>
      <source>Judge parcels (run)</source>
      <translation>筆を判定する（run）</translation>
    </message>
    <message>
      <source>Says for every parcel whether it can lie in a central, local or senior hub zone, how sure that is, and why.

Either give a project file kyoten.toml (or the folder that it lies in), or leave that empty and choose layers of the project: the parcels must be there, what is not given counts as unknown. Layers in memory, with a filter, with selected features only or from a database are copied into the folder of the results; files are read where they lie.

Of layers, a kyoten.toml is written into the folder of the results, with relative paths, so that the run can be repeated without QGIS: kyoten run kyoten.toml. Fields that mean something (id, peak service, kinds of facilities, classes of public land) are found by their usual names; say others under “Further keys of layers”, a line of TOML each, such as stations.peak_trips = 6 or facilities.kind = "区分". stations = [] says that the city has none.

The results are added in a group for each zone: the parcels in the colours of their status, candidate zones, and what decides them. map.html in the folder is the same as a page with the reasons for every parcel.</source>
      <translation>筆ごとに、中心拠点区域・生活拠点区域・高齢者交流拠点区域に入りうるか、それがどこまで確かか、なぜそう言えるかを判定します。

プロジェクトファイル kyoten.toml（またはそのフォルダー）を指定するか、空にしてプロジェクトのレイヤーを選びます。必ず要るのは筆だけで、ほかは、ないものを「分からない」として扱います。メモリー上のレイヤー、フィルターのあるレイヤー、選択した地物だけの場合、データベースのレイヤーは、結果のフォルダーに写しを作ります。ファイルはその場所で読みます。

レイヤーを選んだときは、結果のフォルダーに、相対パスの kyoten.toml を書きます。QGISがなくても、kyoten run kyoten.toml で同じ判定を繰り返せます。意味のある属性（番号、ピーク時運行本数、施設の種別、公共用地の分類など）は、よくある名前から探します。別の名前のときは「レイヤーのほかのキー」に、stations.peak_trips = 6 や facilities.kind = "区分" のように1行ずつTOMLで書いてください。鉄道のない市では stations = [] と書きます。

結果は区域ごとのグループに加わります。判定で塗り分けた筆、候補区域、その根拠が見られます。フォルダーの map.html は同じものをブラウザーで見るページで、すべての筆の理由が分かります。</translation>
    </message>
    <message>
      <source>Only the parcels that reach into this extent (judged as among all)</source>
      <translation>この範囲にかかる筆だけ（判定は全筆のときと同じ）</translation>
    </message>
    <message>
      <source>Only the parcels whose own fields fit, such as area &gt;= 300 (judged as among all)</source>
      <translation>もとの属性が合う筆だけ（例: area &gt;= 300。判定は全筆のときと同じ）</translation>
    </message>
    <message>
      <source>Also say what other rules of counting timetables would change</source>
      <translation>時刻表の数え方を変えると何が変わるかも示す</translation>
    </message>
    <message>
      <source>Formats of the parcels (only GeoPackage has the style of every zone)</source>
      <translation>筆の形式（すべての区域のスタイルがあるのはGeoPackageだけ）</translation>
    </message>
    <message>
      <source>All of the page in map.html, also where it is large (to be mailed)</source>
      <translation>大きくてもすべてを map.html に収める（メールで送るとき）</translation>
    </message>
    <message>
      <source>Name of the study</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>Code of the municipality (five or six digits)</source>
      <translation>全国地方公共団体コード（5桁または6桁）</translation>
    </message>
    <message>
      <source>Kind of the planned senior facility</source>
      <translation>計画する高齢者交流施設の種別</translation>
    </message>
    <message>
      <source>Rules: saikochiku (unless said), saihenshu, walkable, handbook, or a file of rules</source>
      <translation>ルール: saikochiku（指定のないとき）、saihenshu、walkable、handbook、またはルールのファイル</translation>
    </message>
    <message>
      <source>Where the expectations come from (asked for with them)</source>
      <translation>見込みの根拠（見込みのレイヤーには必要）</translation>
    </message>
    <message>
      <source>Further keys of layers, a line of TOML each</source>
      <translation>レイヤーのほかのキー（1行ずつTOMLで）</translation>
    </message>
    <message>
      <source>Further tables of kyoten.toml ([thresholds], [waive], …)</source>
      <translation>kyoten.toml のほかの表（[thresholds]、[waive] など）</translation>
    </message>
    <message>
      <source>Names of the columns</source>
      <translation>列の名前</translation>
    </message>
    <message>
      <source>Area division: not said</source>
      <translation>区域区分: 指定しない</translation>
    </message>
    <message>
      <source>Area division is drawn</source>
      <translation>区域区分あり（線引き）</translation>
    </message>
    <message>
      <source>No area division is drawn</source>
      <translation>区域区分なし（非線引き）</translation>
    </message>
    <message>
      <source>To repeat it without QGIS: kyoten run {file} --out DIR</source>
      <translation>QGISなしで繰り返すには: kyoten run {file} --out DIR</translation>
    </message>
    <message>
      <source>Project file kyoten.toml (or choose layers below)</source>
      <translation>プロジェクトファイル kyoten.toml（または下でレイヤーを選ぶ）</translation>
    </message>
    <message>
      <source>Field with the parcels' ids</source>
      <translation>筆の番号の属性</translation>
    </message>
    <message>
      <source>Headers of the CSV</source>
      <translation>CSVの見出し</translation>
    </message>
    <message>
      <source>Write the page map.html</source>
      <translation>地図のページ map.html を書く</translation>
    </message>
    <message>
      <source>Folder of the results</source>
      <translation>結果のフォルダー</translation>
    </message>
    <message>
      <source>Area division</source>
      <translation>区域区分</translation>
    </message>
    <message>
      <source>Give either a project file or layers, not both.</source>
      <translation>プロジェクトファイルとレイヤーは、どちらか一方を指定してください。</translation>
    </message>
    <message>
      <source>Give a project file, or choose the layer of the parcels.</source>
      <translation>プロジェクトファイルを指定するか、筆のレイヤーを選んでください。</translation>
    </message>
    <message>
      <source>Sites of new senior facilities (site)</source>
      <translation>新しい高齢者交流施設の敷地（site）</translation>
    </message>
    <message>
      <source>Chooses sites of new senior facilities among the parcels that are eligible as such: as many as can be, or near as many older residents as can be, all at least 700 m apart and from existing ones of the kind. Where there can be no more, that is said; else how many there can be at most.

Sites that are settled already and areas where no site may be can be layers of the project, also in memory.</source>
      <translation>敷地として「該当」の筆から、新しい高齢者交流施設の敷地を選びます。できるだけ多く、またはできるだけ多くの65歳以上の近くに、互いにも既存の同種施設からも700 m以上離して選びます。これより多くできないときはそう示し、そうでなければ多くていくつかを示します。

すでに決まった敷地と、敷地を置かない区域には、メモリー上のものを含むプロジェクトのレイヤーを使えます。</translation>
    </message>
    <message>
      <source>Residents live near a site within so many metres (500 unless said)</source>
      <translation>近くに住む人とみなす距離（m、指定がなければ500）</translation>
    </message>
    <message>
      <source>No more than so many sites</source>
      <translation>敷地の数の上限</translation>
    </message>
    <message>
      <source>Sites that are settled already</source>
      <translation>すでに決まった敷地</translation>
    </message>
    <message>
      <source>Areas where no site may be</source>
      <translation>敷地を置かない区域</translation>
    </message>
    <message>
      <source>Put two or three neighbouring parcels together</source>
      <translation>隣り合う2・3筆を合わせた敷地も候補にする（敷地の集約）</translation>
    </message>
    <message>
      <source>Zone whose sites are meant, where the rules have several</source>
      <translation>どの区域の敷地か（ルールに複数あるとき）</translation>
    </message>
    <message>
      <source>As many sites as can be</source>
      <translation>敷地をできるだけ多く</translation>
    </message>
    <message>
      <source>Near as many residents aged 65 or over as can be</source>
      <translation>できるだけ多くの65歳以上の近くに</translation>
    </message>
    <message>
      <source>Choose</source>
      <translation>選び方</translation>
    </message>
    <message>
      <source>Chosen sites</source>
      <translation>選んだ敷地</translation>
    </message>
    <message>
      <source>What to find out first (survey)</source>
      <translation>先に調べるとよいもの（survey）</translation>
    </message>
    <message>
      <source>Ranks what the data do not say by the undetermined parcels that each answer would settle: stops without a timetable, withheld residents, land without a class, facilities.

The table holds the stops to be asked about, with an empty column for their peak service. Fill it in and give it to “Judge parcels” as peak service by stop.</source>
      <translation>データの穴（時刻表のない停留所、秘匿された人口、分類のない土地、施設など）を、それが分かれば決まる判定不能の筆が多い順に示します。

表には調べる停留所が並び、ピーク時運行本数の列が空いています。記入して、「筆を判定する」の「停留所ごとのピーク時運行本数」に指定してください。</translation>
    </message>
    <message>
      <source>Table of stops to be filled in</source>
      <translation>本数を記入する停留所の表</translation>
    </message>
    <message>
      <source>So many items</source>
      <translation>示す項目の数</translation>
    </message>
    <message>
      <source>Install the program…</source>
      <translation>プログラムを入れる…</translation>
    </message>
    <message>
      <source>{file}: its SHA-256 is not the one that was given. Download it again.</source>
      <translation>{file}: SHA-256が、入力されたものと違います。入手し直してください。</translation>
    </message>
    <message>
      <source>{file}: damaged at {name}. Download it again.</source>
      <translation>{file}: 中の {name} が壊れています。入手し直してください。</translation>
    </message>
    <message>
      <source>{file}: {name} would be written outside of its folder. This is no release of kyoten.</source>
      <translation>{file}: 中の {name} がフォルダーの外に書かれてしまいます。kyotenの配布ファイルではありません。</translation>
    </message>
    <message>
      <source>{file}: this is neither a zip nor a wheel (.whl).</source>
      <translation>{file}: ZIPでもwheel（.whl）でもありません。</translation>
    </message>
    <message>
      <source>{file}: it unpacks to more than 1 GiB. This is no release of kyoten.</source>
      <translation>{file}: 展開すると1 GiBを超えます。kyotenの配布ファイルではありません。</translation>
    </message>
    <message>
      <source>{file}: its program does not run on this computer ({reason}). Choose the file for your system.</source>
      <translation>{file}: 中のプログラムがこのパソコンで動きません（{reason}）。お使いのシステム用のファイルを選んでください。</translation>
    </message>
    <message>
      <source>{file}: there is no program kyoten for this system in it.</source>
      <translation>{file}: このシステム用のプログラム kyoten が入っていません。</translation>
    </message>
    <message>
      <source>kyoten hub zones</source>
      <translation>kyoten 拠点区域</translation>
    </message>
    <message>
      <source>kyoten: hub zones for parcels (MLIT)</source>
      <translation>kyoten: 筆ごとの拠点区域の判定（国土交通省）</translation>
    </message>
    <message>
      <source>The program kyoten is not there yet: run “Install the program”.</source>
      <translation>プログラム kyoten がまだありません。「プログラムを入れる」を実行してください。</translation>
    </message>
    <message>
      <source>Program (kyoten or kyoten.exe); empty: looked for</source>
      <translation>プログラム（kyoten または kyoten.exe。空なら探します）</translation>
    </message>
    <message>
      <source>Language of what the program says</source>
      <translation>プログラムが表示する言語</translation>
    </message>
    <message>
      <source>{file}: cannot be written ({reason}).</source>
      <translation>{file}: 書き込めません（{reason}）。</translation>
    </message>
    <message>
      <source>Copying the layer “{name}” to {copy}: {why}.</source>
      <translation>レイヤー「{name}」の写しを {copy} に作ります（{why}）。</translation>
    </message>
    <message>
      <source>{parameter}: there is no such layer, or it cannot be read: {value}</source>
      <translation>{parameter}: レイヤーがないか、読めません: {value}</translation>
    </message>
    <message>
      <source>it is one of several in its file</source>
      <translation>ファイルに複数あるレイヤーの1つのため</translation>
    </message>
    <message>
      <source>Parcels</source>
      <translation>筆・敷地</translation>
    </message>
    <message>
      <source>Rail and subway stations</source>
      <translation>鉄道駅</translation>
    </message>
    <message>
      <source>Bus and tram stops</source>
      <translation>バス・軌道の停留所</translation>
    </message>
    <message>
      <source>Peak service by stop (table)</source>
      <translation>停留所ごとのピーク時運行本数（表）</translation>
    </message>
    <message>
      <source>Densely inhabited districts</source>
      <translation>人口集中地区</translation>
    </message>
    <message>
      <source>Public land</source>
      <translation>公共用地</translation>
    </message>
    <message>
      <source>Evaluation units of the public-land ratio</source>
      <translation>公共用地率の評価単位</translation>
    </message>
    <message>
      <source>Census (polygons or table)</source>
      <translation>国勢調査（ポリゴンまたは表）</translation>
    </message>
    <message>
      <source>Urbanisation area or use zones</source>
      <translation>市街化区域・用途地域</translation>
    </message>
    <message>
      <source>Urban-function induction area</source>
      <translation>都市機能誘導区域</translation>
    </message>
    <message>
      <source>Existing senior facilities</source>
      <translation>既存の高齢者交流施設</translation>
    </message>
    <message>
      <source>Municipal boundaries</source>
      <translation>行政区域</translation>
    </message>
    <message>
      <source>Centres of central zones</source>
      <translation>中心拠点区域の中心</translation>
    </message>
    <message>
      <source>Central zones that the plan has set</source>
      <translation>設定した中心拠点区域</translation>
    </message>
    <message>
      <source>Residence induction area</source>
      <translation>居住誘導区域</translation>
    </message>
    <message>
      <source>Buildings with floors or floor area</source>
      <translation>建物（階数または延床面積）</translation>
    </message>
    <message>
      <source>Designated floor-area ratios</source>
      <translation>指定容積率</translation>
    </message>
    <message>
      <source>Expected: densely inhabited districts</source>
      <translation>見込み: 人口集中地区</translation>
    </message>
    <message>
      <source>Expected: area with enough public land</source>
      <translation>見込み: 公共用地率が足りる区域</translation>
    </message>
    <message>
      <source>Expected: area with enough older residents</source>
      <translation>見込み: 高齢者密度が足りる区域</translation>
    </message>
    <message>
      <source>Expected: urban-function induction area</source>
      <translation>見込み: 都市機能誘導区域</translation>
    </message>
    <message>
      <source>The layer “{name}” of the project in QGIS.</source>
      <translation>QGISのプロジェクトのレイヤー「{name}」</translation>
    </message>
    <message>
      <source>A copy of the layer “{name}” of the project in QGIS: {why}.</source>
      <translation>QGISのプロジェクトのレイヤー「{name}」の写し（{why}）</translation>
    </message>
    <message>
      <source>Written by QGIS. To run it without: kyoten run kyoten.toml --out DIR</source>
      <translation>QGISが書いたファイル。QGISなしで実行するには: kyoten run kyoten.toml --out DIR</translation>
    </message>
    <message>
      <source>it is in memory only</source>
      <translation>メモリー上にしかないため</translation>
    </message>
    <message>
      <source>only selected features are meant</source>
      <translation>選択した地物だけを使うため</translation>
    </message>
    <message>
      <source>it has a filter</source>
      <translation>フィルターがあるため</translation>
    </message>
    <message>
      <source>it has edits that are not saved</source>
      <translation>保存していない編集があるため</translation>
    </message>
    <message>
      <source>it has joined or virtual fields</source>
      <translation>結合した属性か仮想属性があるため</translation>
    </message>
    <message>
      <source>the program does not read its source</source>
      <translation>プログラムが直接読めないデータのため</translation>
    </message>
    <message>
      <source>changes still wait beside its file</source>
      <translation>書き込み中の変更がファイルの横に残っているため</translation>
    </message>
    <message>
      <source>it lies in the folder that is written</source>
      <translation>これから書くフォルダーにあるため</translation>
    </message>
    <message>
      <source>{path} was not written by QGIS and is left as it is. Choose another folder for the results.</source>
      <translation>{path} はQGISが書いたものではないので、そのままにします。結果には別のフォルダーを選んでください。</translation>
    </message>
  </context>
</TS>
