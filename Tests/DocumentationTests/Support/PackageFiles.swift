import Foundation
import Synchronization
import Testing

/// The files of the package these tests belong to.
enum PackageFiles {
    /// The folder of `Package.swift`.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The pages of `Docs`, by their names without the ending, in order.
    static func pages() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Docs").path)
        return names.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// Every Markdown file that a reader is meant to read, by its path.
    static func documents() throws -> [String] {
        ["README.md"] + (try pages()).map { "Docs/\($0).md" }
    }

    /// Every Swift file under a folder, by its path.
    static func sources(under folder: String) throws -> [String] {
        let enumerator = try #require(FileManager.default.enumerator(atPath: root.appending(path: folder).path))
        return enumerator.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
            .map { "\(folder)/\($0)" }
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func markdown(_ path: String) throws -> MarkdownFile {
        try MarkdownFile(text(path))
    }

    /// Whether blocks that fell behind are to be written anew instead of reported: `MARKETPLACE_UPDATE_DOCS=1`.
    static var isUpdating: Bool { ProcessInfo.processInfo.environment["MARKETPLACE_UPDATE_DOCS"] == "1" }

    /// Tests that write to one file take turns.
    private static let turn = Mutex(())

    /// Expects that a block has this text; writes it there when the documents are being updated.
    static func expect(
        _ expected: String,
        inBlock place: Int,
        of path: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try turn.withLock { _ in try expectInTurn(expected, inBlock: place, of: path, sourceLocation) }
    }

    /// Expects that a generated table has this text; writes it there when the documents are being updated.
    static func expect(
        _ expected: String,
        inTable name: String,
        of path: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try turn.withLock { _ in
            var file = try markdown(path)
            let table = try #require(try file.tables().first { $0.name == name })
            guard table.text != expected else { return }
            guard isUpdating else {
                Issue.record(
                    """
                    \(path), line \(table.lines.lowerBound + 1), has another table than \(name) makes. \
                    MARKETPLACE_UPDATE_DOCS=1 swift test --filter DocumentationTests writes it anew:
                    \(expected)
                    """,
                    sourceLocation: sourceLocation
                )
                return
            }
            try file.replace(table, with: expected)
            try file.text.write(to: root.appending(path: path), atomically: true, encoding: .utf8)
            Issue.record("\(path) was written anew; run the tests again", sourceLocation: sourceLocation)
        }
    }

    private static func expectInTurn(
        _ expected: String,
        inBlock place: Int,
        of path: String,
        _ sourceLocation: SourceLocation
    ) throws {
        var file = try markdown(path)
        guard file.blocks[place].text != expected else { return }
        guard isUpdating else {
            let line = file.blocks[place].lines.lowerBound + 1
            Issue.record(
                """
                \(path), line \(line), has another text than what it is made of. \
                MARKETPLACE_UPDATE_DOCS=1 swift test --filter DocumentationTests writes it anew:
                \(expected)
                """,
                sourceLocation: sourceLocation
            )
            return
        }
        try file.replaceBlock(at: place, with: expected)
        try file.text.write(to: root.appending(path: path), atomically: true, encoding: .utf8)
        // A run that writes does not pass: what it wrote is to be looked at, and checked by the next run.
        Issue.record("\(path) was written anew; run the tests again", sourceLocation: sourceLocation)
    }
}
