extension SagaDiagram {
    /// The diagram as the text of a Mermaid flowchart.
    var mermaid: String {
        var lines = ["flowchart TD", "    begin([start])"]
        for (stage, nodes) in stages.enumerated() { lines += self.lines(of: nodes, stage) }
        lines.append("    complete([completed])" + (end == .completed ? ":::done" : ""))
        if !undoStages.isEmpty { lines.append("    aborted([undone])" + (end == .aborted ? ":::undone" : "")) }
        let ids = ["begin"] + stages.map { $0.map(Self.id).joined(separator: " & ") } + ["complete"]
        lines += zip(ids, ids.dropFirst()).map { "    \($0) --> \($1)" }
        lines += undoLines
        if stages.contains(where: { $0[0].state != nil }) { lines += Self.classes }
        lines.append("    classDef pivot stroke-width:4px")
        return lines.map { $0 + "\n" }.joined()
    }

    private func lines(of nodes: [Node], _ stage: Int) -> [String] {
        guard nodes.count > 1 else { return nodes.map { "    " + Self.line(of: $0) } }
        return ["    subgraph group\(stage)[\"at the same time\"]", "        direction LR"]
            + nodes.map { "        " + Self.line(of: $0) } + ["    end"]
    }

    /// The way back: from the pivot through every stage that has something to undo.
    private var undoLines: [String] {
        guard let last = undoStages.last else { return [] }
        var lines: [String] = []
        if let pivotStage {
            lines.append("    \(Self.ids(of: stages[pivotStage])) -. not done .-> \(Self.ids(of: stages[last]))")
        }
        for (earlier, later) in zip(undoStages, undoStages.dropFirst()).reversed() {
            lines.append("    \(Self.ids(of: stages[later])) -. undo .-> \(Self.ids(of: stages[earlier]))")
        }
        return lines + ["    \(Self.ids(of: stages[undoStages[0]])) -. undo .-> aborted"]
    }

    private static func ids(of nodes: [Node]) -> String {
        nodes.filter { $0.hasUndo || $0.kind == .pivot }.map(id).joined(separator: " & ")
    }

    private static func id(_ node: Node) -> String { "s\(node.index)" }

    private static func line(of node: Node) -> String {
        let label = "\"\(text(node.name))<br/>\(text(node.caption))\""
        let shape =
            switch (node.form, node.kind) {
            case (.pause, _): "[/\(label)/]"
            case (.signal, _): ">\(label)]"
            case (_, .compensatable): "[\(label)]"
            case (_, .pivot): "{{\(label)}}"
            case (_, .retriable): "(\(label))"
            }
        let state = node.state.map { ":::" + $0.className } ?? (node.kind == .pivot ? ":::pivot" : "")
        return id(node) + shape + state
    }

    /// One class per state. Black on pale stands out on a light page and on a dark one.
    private static let classes = [
        "    classDef done fill:#cdeed9,stroke:#1b7f4d,color:#000",
        "    classDef undone fill:#e6dcf5,stroke:#6f42c1,color:#000",
        "    classDef unknown fill:#ffe1c2,stroke:#c25700,color:#000",
        "    classDef stuck fill:#ffd6d1,stroke:#c0392b,stroke-width:3px,color:#000",
        "    classDef notDone fill:#f9e3e0,stroke:#c0392b,color:#000",
        "    classDef waiting fill:#d6e9fb,stroke:#0072b2,color:#000",
        "    classDef underWay fill:#d6e9fb,stroke:#0072b2,color:#000",
        "    classDef skipped fill:#eee,stroke:#888,stroke-dasharray:4 3,color:#000",
        "    classDef notReached fill:#fff,stroke:#888,stroke-dasharray:4 3,color:#000",
    ]

    /// Replaces what would end a label early, or be read as markup, by Mermaid's entity codes.
    private static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "#quot;"
            case "#": result += "#35;"
            case "&": result += "#amp;"
            case "<": result += "#lt;"
            case ">": result += "#gt;"
            case ";": result += "#59;"
            // Mermaid reads Markdown in labels.
            case "`": result += "#96;"
            case "*": result += "#42;"
            case "_": result += "#95;"
            case _ where scalar.properties.isWhitespace || scalar.value < 0x20: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension SagaStepState {
    /// What the state is called in style sheets.
    var className: String {
        switch self {
        case .notReached: "notReached"
        case .underWay: "underWay"
        case .notDone: "notDone"
        case .skipped, .waiting, .done, .unknown, .undone, .stuck: rawValue
        }
    }
}
