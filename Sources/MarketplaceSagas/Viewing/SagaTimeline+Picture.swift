extension SagaTimeline {
    /// The run as the text of a Mermaid flowchart, with a line feed after each line: its definition with how each step
    /// stands.
    public var mermaid: String { SagaDiagram(self).mermaid }

    /// The run as an SVG document of its own: how each step stands, and the way back if the saga has turned around.
    ///
    /// It refers to nothing outside itself, follows the light or dark scheme of whoever shows it, has a title and a
    /// description for those who do not see it, and depends on the run alone.
    public var svg: String { SagaPicture(self).svg() }

    /// What is written below the picture: why the saga turned around or is stuck, and what operators have decided.
    var notes: [String] {
        let decisions = entries.filter { $0.event == "operated" }.map { entry in
            let who = entry.actor ?? ""
            return "\(who): \(entry.text), \(entry.step ?? ""). \(entry.reason ?? "")"
        }
        return decisions + (reason.map { ["\(status == .stuck ? "Stuck" : "Undone"): \($0)"] } ?? [])
    }
}

extension SagaDiagram {
    /// The stage up to which a run has come.
    var turningStage: Int? {
        stages.lastIndex { $0.contains { $0.state != .notReached && $0.state != .skipped } }
    }

    /// The stages before `stage` whose undo was done or is stuck, the last one first.
    func stagesGoneBack(before stage: Int) -> [Int] {
        stages[..<stage].indices.reversed().filter { stages[$0].contains { $0.state == .undone || $0.state == .stuck } }
    }
}
