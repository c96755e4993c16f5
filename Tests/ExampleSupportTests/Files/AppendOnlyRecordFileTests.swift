import ExampleSupport
import MarketplaceCore
import Testing

struct AppendOnlyRecordFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("gateway.record")
    }

    /// The code of the error that `body` throws.
    private func code(_ body: () throws(FileError) -> Void) -> FileError.Code? {
        do throws(FileError) {
            try body()
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: [false, true])
    func linesComeBackInTheirOrderAfterAReopening(synchronizing: Bool) throws {
        let record = try AppendOnlyRecordFile(path, synchronizing: synchronizing)
        try record.append("first")
        try record.append("")
        try record.append(fields: ["a\tb", "c\nd"])
        #expect(try record.contents() == AppendOnlyRecordFile.read(path))
        record.close()
        let again = try AppendOnlyRecordFile(path)
        try again.append("last")
        let contents = try again.contents()
        #expect(contents.lines == ["first", "", "a\\tb\tc\\nd", "last"])
        #expect(contents.tornTail == nil)
        #expect(again.tornTail == nil)
    }

    @Test func aNewRecordIsEmpty() throws {
        #expect(try AppendOnlyRecordFile(path).contents() == AppendOnlyRecordFile.read(path))
        #expect(try AppendOnlyRecordFile.read(path).lines.isEmpty)
    }

    @Test func aTornLastLineIsReportedCutOffAndNotGluedToTheNext() throws {
        try folder.put(Array("one\ntwo\nthr".utf8) + [0xC3], in: "gateway.record")
        let seen = try AppendOnlyRecordFile.read(path)
        #expect(seen.lines == ["one", "two"])
        #expect(seen.tornTail == "thr\u{FFFD}")
        let record = try AppendOnlyRecordFile(path)
        #expect(record.tornTail == "thr\u{FFFD}")
        try record.append("three")
        #expect(try record.contents().lines == ["one", "two", "three"])
        #expect(try record.contents().tornTail == nil)
    }

    @Test func aRecordThatIsOnlyATornLineBecomesEmpty() throws {
        try folder.put("onl".utf8, in: "gateway.record")
        let record = try AppendOnlyRecordFile(path)
        #expect(record.tornTail == "onl")
        #expect(try record.contents().lines.isEmpty)
    }

    @Test(arguments: 0..<12)
    func whereverTheWriterDiedTheWholeLinesStay(length: Int) throws {
        let text = "ab\ncd\n\nefg\n"
        try folder.put(text.utf8.prefix(length), in: "gateway.record")
        let written = String(text.prefix(length))
        let record = try AppendOnlyRecordFile(path)
        try record.append("next")
        let contents = try record.contents()
        #expect(contents.lines.dropLast().map { $0 + "\n" }.joined() + (record.tornTail ?? "") == written)
        #expect(contents.lines.last == "next")
    }

    @Test func aSecondWriterIsRefusedUntilTheFirstIsGone() throws {
        let first = try AppendOnlyRecordFile(path)
        #expect(code { () throws(FileError) in _ = try AppendOnlyRecordFile(path) } == .inUse)
        first.close()
        try AppendOnlyRecordFile(path).append("mine")
    }

    @Test(arguments: ["two\nlines", "\r", "\0", "\r\n"])
    func aLineWithALineBreakIsRefused(line: String) throws {
        let record = try AppendOnlyRecordFile(path)
        #expect(code { () throws(FileError) in try record.append(line) } == .unfitLine)
        #expect(try record.contents().lines.isEmpty)
    }

    @Test func aLineOverTheLimitIsRefusedAndOneAtTheLimitIsKept() throws {
        let record = try AppendOnlyRecordFile(path)
        let longest = String(repeating: "x", count: AppendOnlyRecordFile.lineBytesLimit - 1)
        try record.append(longest)
        #expect(code { () throws(FileError) in try record.append(longest + "x") } == .unfitLine)
        #expect(try record.contents().lines == [longest])
    }

    @Test func aJSONObjectIsOneLineWhateverItsTextsHold() throws {
        let record = try AppendOnlyRecordFile(path)
        let entry: OrderedJSON = ["key": "a\nb", "amountMinor": 1_234]
        try record.append(entry.description)
        #expect(try record.contents().lines == [#"{"key":"a\nb","amountMinor":1234}"#])
    }

    #if os(Linux)
    /// `/dev/full` takes an opening and refuses every byte; being a device, it cannot be cut back either.
    @Test func aWriteThatCannotBeTakenBackIsUnknownAndEndsTheRecord() throws {
        let record = try AppendOnlyRecordFile("/dev/full")
        for _ in 1...2 {
            do {
                try record.append("line")
                Issue.record("a full disk takes no line")
            } catch {
                #expect(error.code == .unknown)
                #expect(error.effect == .unknown)
                #expect(error.path == "/dev/full")
            }
        }
    }
    #endif

    @Test func aClosedRecordTakesNothing() throws {
        let record = try AppendOnlyRecordFile(path)
        record.close()
        record.close()
        #expect(code { () throws(FileError) in try record.append("late") } == .closed)
        #expect(code { () throws(FileError) in _ = try record.contents() } == .closed)
    }

    @Test func aPathThatCannotBeOpenedIsNamed() throws {
        let missing = folder.file("no/such/folder")
        do {
            _ = try AppendOnlyRecordFile(missing)
            Issue.record("the folder does not exist")
        } catch {
            #expect(error.code == .notOpened)
            #expect(error.path == missing)
            #expect(error.description.hasPrefix(missing + ": cannot open: "))
            #expect(error.effect == .refused)
        }
        #expect(code { () throws(FileError) in _ = try AppendOnlyRecordFile.read(missing) } == .notOpened)
        #expect(code { () throws(FileError) in _ = try AppendOnlyRecordFile.read(folder.path) } == .notRead)
    }

    @Test func aLineThatIsNotUTF8IsReportedByItsNumber() throws {
        try folder.put(Array("fine\n".utf8) + [0xFF, 0x0A], in: "gateway.record")
        do {
            _ = try AppendOnlyRecordFile.read(path)
            Issue.record("the second line is not UTF-8")
        } catch {
            #expect(error.code == .malformed)
            #expect(error.reason == "line 2 is not UTF-8")
        }
    }

    @Test func manyTasksAppendWholeLines() async throws {
        let record = try AppendOnlyRecordFile(path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for entry in 0..<100 { try record.append(fields: ["\(task)", "\(entry)"]) }
                }
            }
            try await group.waitForAll()
        }
        let lines = try record.contents().lines
        #expect(lines.count == 800)
        for task in 0..<8 {
            #expect(lines.filter { $0.hasPrefix("\(task)\t") } == (0..<100).map { "\(task)\t\($0)" })
        }
    }
}
