/// The colours and fonts of pictures of sagas, for light and dark.
///
/// The state of a step is written in its box and its kind is the box's shape: colours only repeat them.
enum SagaPictureStyle {
    /// The style sheet; it names nothing outside itself.
    static let sheet: String = {
        let base = """
            .saga text{font:12px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#333}\
            .saga .heading{font-size:17px;font-weight:600;fill:#111}.saga .name{font-size:14px;font-weight:600}\
            .saga .name,.saga .state{text-anchor:middle;fill:#111}.saga .small{font-size:11px;font-style:italic;fill:#555}\
            .saga .page{fill:#fff}.saga .box{stroke-width:1.5}.saga .pivot,.saga .stuck{stroke-width:3}\
            .saga .group{fill:none;stroke:#999;stroke-dasharray:2 3}\
            .saga .limit{fill:none;stroke:#777;stroke-dasharray:8 4}.saga .way{fill:none;stroke:#555;stroke-width:1.5}\
            .saga .back{fill:none;stroke:#6f42c1;stroke-width:1.8}.saga .ahead{stroke:#aaa;stroke-dasharray:4 3}\
            .saga .head{stroke:none;fill:#555}.saga .head.ahead{fill:#aaa}.saga .head.back{fill:#6f42c1}\
            .saga .end{fill:#f2f2f2;stroke:#777}.saga .skipped,.saga .notReached{stroke-dasharray:4 3}
            """
        let night = """
            .saga text{fill:#ccc}.saga .heading,.saga .name,.saga .state{fill:#f4f4f4}.saga .small{fill:#aaa}\
            .saga .page{fill:#16181c}.saga .group,.saga .limit{stroke:#888}.saga .way{stroke:#aaa}\
            .saga .head{fill:#aaa}.saga .ahead{stroke:#666}.saga .head.ahead{fill:#666}.saga .back{stroke:#b79af0}\
            .saga .head.back{fill:#b79af0}.saga .end{fill:#2a2d33;stroke:#999}
            """
        return base + rules(light) + "@media screen and (prefers-color-scheme:dark){" + night + rules(dark) + "}"
    }()

    private typealias Tone = (states: [SagaStepState], fill: String, stroke: String)

    private static let light: [Tone] = [
        ([.done], "#d3f0df", "#1b7f4d"), ([.undone], "#e8dff7", "#6f42c1"), ([.unknown], "#ffe4c7", "#c25700"),
        ([.stuck], "#ffd6d1", "#c0392b"), ([.notDone], "#fbe9e7", "#c0392b"),
        ([.waiting, .underWay], "#d9ebfb", "#0072b2"), ([.skipped, .notReached], "#fafafa", "#999"),
    ]
    private static let dark: [Tone] = [
        ([.done], "#17402b", "#3fb57c"), ([.undone], "#37285a", "#b79af0"), ([.unknown], "#553208", "#ff9d4d"),
        ([.stuck], "#5c1c15", "#ff7a68"), ([.notDone], "#3d211e", "#f0705f"),
        ([.waiting, .underWay], "#12385a", "#5cb3ee"), ([.skipped, .notReached], "#1f2126", "#777"),
    ]

    private static func rules(_ tones: [Tone]) -> String {
        tones.map { tone in
            tone.states.map { ".saga .\($0.className)" }.joined(separator: ",")
                + "{fill:\(tone.fill);stroke:\(tone.stroke)}"
        }.joined()
    }
}
