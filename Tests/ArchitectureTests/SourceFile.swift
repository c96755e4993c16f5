/// One file of Swift, as the checks look at it.
struct SourceFile: Sendable {
    /// The module it belongs to.
    let module: String
    /// The path within the module's folder.
    let path: String
    /// The lines, with comments and the contents of literals as they are.
    let lines: [String]

    init(module: String, path: String, text: String) {
        self.module = module
        self.path = path
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
    }

    /// The code of each line: what stands before a line comment, without the spaces around it.
    var code: [String] {
        lines.map { line in
            var code = line[...]
            if let comment = line.range(ofText: "//") { code = line[..<comment] }
            return code.trimmingSpaces
        }
    }

    /// The modules it imports, each with its line, from 1.
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, code in
            let words = code.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let keyword = words.firstIndex(of: "import"),
                words[..<keyword].allSatisfy({ Self.importModifiers.contains($0) || $0.hasPrefix("@") })
            else { return nil }
            var rest = words[(keyword + 1)...]
            // `import struct Foundation.Date` names a declaration of the module.
            if let kind = rest.first, Self.importKinds.contains(kind) { rest.removeFirst() }
            guard let name = rest.first else { return nil }
            return (String(name.prefix { $0 != "." && $0 != ";" }), index + 1)
        }
    }

    private static let importModifiers: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
    private static let importKinds: Set<String> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor",
    ]

    /// The condition that is in force at a line, from 1: the texts of the `#if` and `#elseif` it stands under.
    ///
    /// An `#else` keeps the text of its `#if`, with an exclamation mark before it.
    func conditions(at line: Int) -> [String] {
        var stack: [String] = []
        for code in code.prefix(line) {
            if code.hasPrefix("#if") {
                stack.append(code.dropFirst(3).trimmingSpaces)
            } else if code.hasPrefix("#elseif"), !stack.isEmpty {
                stack[stack.count - 1] = code.dropFirst(7).trimmingSpaces
            } else if code.hasPrefix("#else"), !stack.isEmpty {
                stack[stack.count - 1] = "!" + stack[stack.count - 1]
            } else if code.hasPrefix("#endif"), !stack.isEmpty {
                stack.removeLast()
            }
        }
        return stack
    }

    /// The names of the public types it declares outside of any other, each with its line, from 1.
    var publicTypes: [(name: String, line: Int)] {
        code.enumerated().compactMap { index, code in
            // A nested type is named with the one around it.
            if lines[index].hasPrefix(" ") { return nil }
            let words = code.split(whereSeparator: { " \t:<{(".contains($0) }).map(String.init)
            guard words.contains("public"), let keyword = words.firstIndex(where: { Self.typeKeywords.contains($0) }),
                keyword + 1 < words.count, words[..<keyword].allSatisfy({ Self.typeModifiers.contains($0) })
            else { return nil }
            return (words[keyword + 1], index + 1)
        }
    }

    private static let typeKeywords: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
    private static let typeModifiers: Set<String> = ["public", "final", "indirect", "@frozen", "open", "nonisolated"]
}

extension StringProtocol {
    /// The text without spaces and tabs at its ends.
    var trimmingSpaces: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// Where `text` first begins.
    func range(ofText text: String) -> Index? {
        indices.first { self[$0...].hasPrefix(text) }
    }
}
