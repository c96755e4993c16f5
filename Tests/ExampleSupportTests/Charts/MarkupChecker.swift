/// A small checker of XML: balanced tags, quoted attributes, escaped text.
enum MarkupChecker {
    /// What is wrong first, or `nil`.
    static func fault(in text: String) -> String? {
        var open: [String] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            if let fault = fault(inText: rest[..<start]) { return fault }
            guard let end = rest[start...].firstIndex(of: ">") else { return "a tag is not closed" }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard open.popLast() == String(tag.dropFirst()) else { return "</\(tag.dropFirst())> closes nothing" }
                continue
            }
            let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            if let fault = fault(inAttributes: tag.dropFirst(name.count)) { return fault + " in <\(tag)>" }
            if !tag.hasSuffix("/") { open.append(String(name)) }
        }
        return open.isEmpty ? fault(inText: rest) : "<\(open[open.count - 1])> is not closed"
    }

    private static func fault(inAttributes text: Substring) -> String? {
        var rest = text.hasSuffix("/") ? text.dropLast() : text
        while !rest.isEmpty {
            guard rest.popFirst() == " ", let equals = rest.firstIndex(of: "=") else {
                return "attributes run together"
            }
            let quoted = rest[rest.index(after: equals)...]
            guard quoted.first == "\"", let end = quoted.dropFirst().firstIndex(of: "\"") else { return "no quotes" }
            if let fault = fault(inText: quoted[..<end]) { return fault }
            rest = quoted[quoted.index(after: end)...]
        }
        return nil
    }

    private static func fault(inText text: Substring) -> String? {
        for scalar in text.unicodeScalars where scalar.value < 0x20 && scalar != "\n" && scalar != "\t" {
            return "a control character"
        }
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
            guard ["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: part.hasPrefix) else { return "a bare &" }
        }
        return nil
    }
}
