/// The colours and fonts of the charts, for light and dark.
enum ChartStyle {
    /// How many series differ in colour; the next ones are dashed in the same colours.
    static let colours = 8

    /// The class of a series: its colour and, beyond the eighth, its dashes.
    static func series(_ index: Int) -> String {
        let dash = (index / colours) % 3
        return "c-s\(index % colours)" + (dash > 0 ? " c-d\(dash)" : "")
    }

    /// The palette of Okabe and Ito (2008), which people who see fewer colours can tell apart too; its black is grey
    /// and its yellow darker here, to be seen on both backgrounds.
    private static let light = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#7a7a7a", "#8c4bc0",
    ]
    private static let dark = [
        "#4aa8e0", "#ff8a3d", "#2fc79b", "#e39ac3", "#e6c229", "#8fd0f5", "#a8a8a8", "#b98ae0",
    ]

    /// The style sheet; it names nothing outside itself.
    static let sheet: String = {
        let base = """
            .chart text{font:12px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#444}\
            .chart .c-h{font-size:15px;font-weight:600;fill:#1a1a1a}.chart .c-a{font-style:italic}\
            .chart .c-n{font-size:16px;fill:#777}.c-g{stroke:#ddd;stroke-width:1}.c-x{stroke:#777;stroke-width:1}\
            .c-m{stroke:#555;stroke-width:1;stroke-dasharray:3 3}.c-l{fill:none;stroke-width:1.8;stroke-linejoin:round}\
            .c-d1{stroke-dasharray:7 3}.c-d2{stroke-dasharray:2 3}.c-b{stroke:none}
            """
        let night = """
            .chart text{fill:#bbb}.chart .c-h{fill:#eee}.chart .c-n{fill:#999}.c-g{stroke:#3a3a3a}.c-x{stroke:#999}\
            .c-m{stroke:#bbb}
            """
        return base + rules(light) + tones(good: "#1b7f4d", bad: "#c0392b")
            + "@media screen and (prefers-color-scheme:dark){" + night + rules(dark)
            + tones(good: "#3fb57c", bad: "#f0705f") + "}"
    }()

    private static func rules(_ palette: [String]) -> String {
        palette.enumerated().map { index, colour in
            ".c-l.c-s\(index){stroke:\(colour)}.c-b.c-s\(index){fill:\(colour)}"
        }.joined()
    }

    private static func tones(good: String, bad: String) -> String {
        ".c-b.c-good{fill:\(good)}.c-b.c-bad{fill:\(bad)}"
    }
}
