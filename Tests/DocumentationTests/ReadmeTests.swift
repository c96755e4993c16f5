import Testing

struct ReadmeTests {
    private static let path = "README.md"

    private func place(of language: String) throws -> Int {
        try #require(try PackageFiles.markdown(Self.path).blocks.firstIndex { $0.language == language })
    }

    @Test func theFirstExampleIsTheSourceOfTheExampleProgram() throws {
        let source = try PackageFiles.text("Examples/FirstCheckout/main.swift")
        try PackageFiles.expect(source, inBlock: place(of: "swift"), of: Self.path)
        #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count <= 30)
    }

    @Test func theFirstOutputIsWhatTheExampleProgramPrints() throws {
        let output = try ExampleProgram.output(of: "first-checkout")
        #expect(output.contains("paid"))
        try PackageFiles.expect(output, inBlock: place(of: "text"), of: Self.path)
    }

    @Test func itNamesEveryModule() throws {
        let prose = try PackageFiles.markdown(Self.path).prose
        for module in try Manifest.modules() {
            #expect(prose.contains("| `\(module.name)` |"), "the table of modules leaves \(module.name) out")
        }
    }

    @Test func itIsAScreenAndAHalf() throws {
        #expect(try PackageFiles.markdown(Self.path).lines.count <= 130)
    }
}
