import Foundation
import Testing

struct GuideTests {
    @Test func everySwiftBlockIsAPartOfACompiledFile() throws {
        for page in try PackageFiles.pages() {
            let path = "Docs/\(page).md"
            let compiled = try PackageFiles.markdown(path).compiledBlocks.count
            let source = "Tests/DocumentationTests/Guides/\(page)Guide.swift"
            guard compiled > 0 || PackageFiles.exists(source) else { continue }
            let parts = try GuideSource(PackageFiles.text(source)).parts
            guard compiled == parts.count else {
                Issue.record("\(path) has \(compiled) Swift blocks, \(source) \(parts.count) parts")
                continue
            }
            for (index, part) in parts.enumerated() {
                let file = try PackageFiles.markdown(path)
                let places = file.blocks.indices.filter { file.compiledBlocks.contains(file.blocks[$0]) }
                #expect(file.blocks[places[index]].heading == part.heading, "\(path), block \(index + 1)")
                try PackageFiles.expect(part.text, inBlock: places[index], of: path)
            }
        }
    }

    @Test func everyCompiledFileBelongsToAGuide() throws {
        let pages = Set(try PackageFiles.pages())
        for source in try PackageFiles.sources(under: "Tests/DocumentationTests/Guides") {
            let name = try #require(source.split(separator: "/").last).dropLast("Guide.swift".count)
            #expect(pages.contains(String(name)), "\(source) belongs to no guide")
        }
    }

    @Test func aBlockThatIsNotCompiledSaysSo() throws {
        for path in try PackageFiles.documents() {
            for block in try PackageFiles.markdown(path).blocks where block.language == "swift" && !block.note.isEmpty {
                #expect(block.note == "not-compiled", "\(path): \(block.note)")
                #expect(block.text.hasPrefix("// Not compiled here: "), "\(path) does not say why in its first line")
            }
        }
    }

    @Test func everyBlockHasALanguage() throws {
        let languages: Set = ["swift", "text", "sh", "mermaid", "json", "console"]
        for path in try PackageFiles.documents() {
            for block in try PackageFiles.markdown(path).blocks {
                #expect(languages.contains(block.language), "\(path), line \(block.lines.lowerBound)")
            }
        }
    }

    @Test func theGuideToTestingNamesEverySuiteAndOptionOfTheTestCommand() throws {
        let command = try PackageFiles.text("Tests/run")
        let list = try #require(command.components(separatedBy: "\nSUITES=(").dropFirst().first)
        let suites = try #require(list.split(separator: ")").first).split(separator: " ").map(String.init) + ["tsan"]
        let usage = try #require(command.components(separatedBy: "\nEND\n").first)
        let options = usage.split(separator: "\n").filter { $0.hasPrefix("  --") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(suites.count > 5 && options.count > 3, "the test command was not understood")
        let guide = try PackageFiles.markdown("Docs/Testing.md").prose
        for name in suites { #expect(guide.contains("`\(name)`"), "Docs/Testing.md leaves the suite \(name) out") }
        for name in options { #expect(guide.contains("`\(name)"), "Docs/Testing.md leaves the option \(name) out") }
    }

    @Test func theIndexNamesEveryPage() throws {
        let index = try PackageFiles.text("Docs/README.md")
        for page in try PackageFiles.pages() where page != "README" {
            #expect(index.contains("](\(page).md)"), "Docs/README.md leaves \(page).md out")
        }
    }

    @Test func everyLinkLeadsToAFile() throws {
        for path in try PackageFiles.documents() {
            let folder = URL(filePath: "/" + path).deletingLastPathComponent()
            for target in try Self.links(in: PackageFiles.markdown(path).prose) where !target.contains("://") {
                let file = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
                guard !file.isEmpty else { continue }
                let resolved = folder.appending(path: String(file)).standardizedFileURL.path.dropFirst()
                #expect(PackageFiles.exists(String(resolved)), "\(path) links to \(target)")
            }
        }
    }

    @Test func everyTypeThatIsNamedIsDeclared() throws {
        let sources = try ["Sources", "Tests/Benchmarks"].flatMap { try PackageFiles.sources(under: $0) }
            .map { try PackageFiles.text($0) }.joined()
        let words = sources.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let keywords: Set = ["struct", "enum", "class", "protocol", "typealias"]
        let declared = Set(zip(words, words.dropFirst()).filter { keywords.contains($0.0) }.map(\.1))
        let known = declared.union(try Manifest.modules().map(\.name)).union(Self.namesOfOthers)
        for path in try PackageFiles.documents() {
            for name in try Self.typeNames(in: PackageFiles.markdown(path).prose).subtracting(known).sorted() {
                Issue.record("\(path) names \(name), which the package does not declare")
            }
        }
    }

    /// Names of the standard library and of folders that the pages mention.
    private static let namesOfOthers: Set = [
        "CancellationError", "Clock", "COMMIT", "Comparable", "ContinuousClock", "Crypto", "Decimal", "Double",
        "Entries", "HS256", "Int64",
        "LISTEN", "LibPQ", "Mutex", "NOTIFY", "Package", "Raw",
        "SQLite", "Synchronization", "Testing", "Tests",
        "X",
    ]

    static func links(in text: String) -> [String] {
        text.components(separatedBy: "](").dropFirst().compactMap { $0.split(separator: ")").first.map(String.init) }
    }

    /// What stands in code spans and looks like the name of a type: `Store`, `SagaID`, the first part of `Order.total`.
    static func typeNames(in text: String) -> Set<String> {
        let spans = text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        let names = spans.map { $0.prefix { $0.isLetter || $0.isNumber } }.filter { $0.first?.isUppercase == true }
        return Set(names.map(String.init))
    }
}
