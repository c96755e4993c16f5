/// The look of a report, for light, dark and paper.
enum HTMLReportStyle {
    /// The style sheet; it names nothing outside itself.
    static let sheet = """
        :root{color-scheme:light dark;--ink:#1a1a1a;--soft:#5a5a5a;--line:#d8d8d8;--page:#fff;--tile:#f4f5f7;
        --good:#1b7f4d;--bad:#c0392b}
        @media screen and (prefers-color-scheme:dark){:root{--ink:#eaeaea;--soft:#a8a8a8;--line:#3c3c3c;--page:#161616;
        --tile:#222326;--good:#3fb57c;--bad:#f0705f}}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
        main{max-width:52rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
        h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr));gap:.7rem;margin:1.4rem 0}
        .tiles div{background:var(--tile);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem}
        .tiles dt{color:var(--soft);font-size:.85rem}.tiles dd{margin:0;font-size:1.35rem;font-weight:600}
        .tiles dd.note{color:var(--soft);font-size:.8rem;font-weight:400}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.32rem .9rem .32rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        thead th{color:var(--soft);font-size:.85rem;font-weight:600}tbody th{font-weight:400;white-space:pre-wrap}
        .number{text-align:right}.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
        td.good,td.bad{white-space:nowrap}
        figure{margin:0}figure svg{display:block;width:100%;height:auto}
        figcaption{color:var(--soft);font-size:.88rem;margin-top:.3rem}
        @media print{main{max-width:none;padding:0}section,.tiles div{break-inside:avoid}thead{display:table-header-group}
        .tiles div{border-color:#999}}
        """
}
