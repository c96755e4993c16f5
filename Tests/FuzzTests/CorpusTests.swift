import Foundation
import FuzzSubject
import MarketplaceJSON
import Testing

/// The inputs the fuzzer starts from, each on its own: what it once found stays found.
struct CorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/Corpus")

    static let files: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

    @Test(arguments: files)
    func everyInputKeepsEveryProperty(file: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: file)))
        #expect(DocumentProperties.fault(of: bytes) == nil)
        // So that a corpus that no longer fits its type does not pass for one that does.
        let isRead = (try? JSONDocument.decode(FuzzedDocument.self, from: bytes)) != nil
        #expect(isRead == file.hasPrefix("valid-"))
    }

    @Test func thereAreFewAndSmallInputsOfBothKinds() throws {
        #expect((20..<200).contains(Self.files.count))
        #expect(Self.files.contains { $0.hasPrefix("valid-") })
        #expect(Self.files.contains { $0.hasPrefix("refused-") })
        let sizes = try Self.files.map { try Data(contentsOf: Self.folder.appending(path: $0)).count }
        #expect(sizes.reduce(0, +) < 500_000)
    }
}
