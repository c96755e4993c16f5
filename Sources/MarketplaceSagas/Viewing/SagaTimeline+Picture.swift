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
            [entry.step, entry.text + entry.suffix, entry.reason].compactMap(\.self).joined(separator: ": ")
        }
        return decisions + (reason.map { ["\(status == .stuck ? "Stuck" : "Undone"): \($0)"] } ?? [])
    }
}

extension SagaDiagram {
    /// The stages a run went back through: from the last one it had come to, through those whose undo was done or is
    /// stuck; empty when it did not go back.
    var wayBack: [Int] {
        let last = stages.lastIndex { $0.contains { $0.state != .notReached && $0.state != .skipped } }
        guard let last else { return [] }
        let undone = stages[..<last].indices.reversed().filter { stage in
            stages[stage].contains { $0.state == .undone || $0.state == .stuck }
        }
        return undone.isEmpty && end != .aborted ? [] : [last] + undone
    }
}
