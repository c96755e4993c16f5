extension TransitionMachine {
    /// The lifecycle as the text of a Mermaid state diagram (`stateDiagram-v2`), with a line feed after each line.
    ///
    /// Every arrow names the move, who makes it, its guard and its timer. The text depends on the table alone.
    public var mermaid: String {
        let ids = mermaidIDs
        var lines = ["stateDiagram-v2"]
        for state in states {
            let id = ids[state] ?? ""
            if id != "\(state)" { lines.append("    state \"\(Self.mermaidText("\(state)"))\" as \(id)") }
        }
        if let initial { lines.append("    [*] --> \(ids[initial] ?? "")") }
        for row in rows {
            let sources = row.sources.isEmpty ? ["[*]"] : row.sources.map { ids[$0] ?? "" }
            for source in sources {
                lines.append("    \(source) --> \(ids[row.target] ?? ""): \(Self.mermaidLabel(of: row))")
            }
        }
        for state in states where isFinal(state) { lines.append("    \(ids[state] ?? "") --> [*]") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// What each state is called in the diagram: its own name where Mermaid can read it, else `state` and a number.
    private var mermaidIDs: [State: String] {
        var ids: [State: String] = [:]
        for (offset, state) in states.enumerated() {
            let name = "\(state)"
            let isPlain = name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x5F
            }
            // `end` closes a block in Mermaid, `state…` could be one of the made-up names.
            let isFree = name != "end" && !name.isEmpty && !name.hasPrefix("state")
            ids[state] = isPlain && isFree ? name : "state\(offset + 1)"
        }
        return ids
    }

    private static func mermaidLabel(of row: Row) -> String {
        var label = "\(row.move)"
        if !row.roles.isEmpty { label += " (" + row.roles.map { "\($0)" }.joined(separator: ", ") + ")" }
        let conditions = row.requiredFacts.map(\.name) + row.forbiddenFacts.map { "not \($0)" }
        if !conditions.isEmpty { label += " [" + conditions.joined(separator: ", ") + "]" }
        if let timer = row.timer { label += " ⏱ \(timer)" }
        return mermaidText(label)
    }

    /// Replaces what would end a label early by Mermaid's entity codes.
    private static func mermaidText(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\"": result += "#quot;"
            case "#": result += "#35;"
            case ":": result += "#58;"
            case ";": result += "#59;"
            case _ where character.isNewline: result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
