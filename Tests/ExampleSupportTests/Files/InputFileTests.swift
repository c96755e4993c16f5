import ExampleSupport
import Testing

struct InputFileTests {
    @Test func aFileIsReadWhole() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try folder.put(bytes, in: "large")
        #expect(try InputFile.read(folder.file("large"), limit: 200_000) == bytes)
        try folder.put([], in: "empty")
        #expect(try InputFile.read(folder.file("empty"), limit: 1).isEmpty)
    }

    @Test func oneByteMoreThanTheLimitIsReadAndNoFurther() throws {
        #expect(try InputFile.read("/dev/zero", limit: 100_000).count == 100_001)
    }

    @Test func whatCannotBeReadIsNamed() throws {
        let folder = try TemporaryFolder()
        for (path, code) in [(folder.file("no"), FileError.Code.notOpened), (folder.path, .notRead)] {
            do {
                _ = try InputFile.read(path, limit: 1)
                Issue.record("\(path) cannot be read")
            } catch {
                #expect(error.path == path)
                #expect(error.code == code)
            }
        }
    }
}
