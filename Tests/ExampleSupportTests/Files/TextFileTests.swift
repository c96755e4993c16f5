import ExampleSupport
import MarketplaceCore
import Testing

struct TextFileTests {
    @Test func aFileIsCreatedAndReplacedAsAWhole() throws {
        let folder = try TemporaryFolder()
        try TextFile.write("a longer text", to: folder.file("report.html"))
        try TextFile.write("short é", to: folder.file("report.html"))
        #expect(try folder.text(of: "report.html") == "short é")
        #expect(try folder.names == ["report.html"])
    }

    @Test func aDeviceIsWrittenThroughAndStaysADevice() throws {
        try TextFile.write("gone", to: "/dev/null")
        try TextFile.write("gone again", to: "/dev/null")
        #expect(try AppendOnlyRecordFile.read("/dev/null").lines.isEmpty)
    }

    @Test func aPathThatCannotBeWrittenIsNamedAndLeavesNothingBehind() throws {
        let folder = try TemporaryFolder()
        for path in [folder.file("no/folder.html"), folder.path] {
            do {
                try TextFile.write("text", to: path)
                Issue.record("\(path) cannot be written")
            } catch {
                #expect(error.path == path)
                #expect(error.effect != .unknown)
            }
        }
        #expect(try folder.names.isEmpty)
    }
}
