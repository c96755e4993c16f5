import MarketplaceCore
import MarketplaceStorage
import Testing

struct TransactionValidationTests {
    /// Few keys are compared, many are hashed.
    private static let counts = [2, 3, 8, 9, 10, 100]

    private func transaction(writing keys: [DocumentKey]) -> Transaction {
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        for key in keys { transaction.write(DocumentWrite(key, body: [])) }
        return transaction
    }

    private func keys(_ count: Int) throws -> [DocumentKey] {
        try (0..<count).map { DocumentKey("documents", try TextKey("key-\($0)")) }
    }

    @Test(arguments: counts) func keysThatAreAllDifferentAreValid(count: Int) throws {
        try transaction(writing: keys(count)).validate()
    }

    @Test(arguments: counts) func aKeyThatOccursTwiceIsNamedWhereverItStands(count: Int) throws {
        let keys = try keys(count)
        for first in Set([0, (count - 1) / 2, count - 2]) {
            for second in Set([first + 1, count - 1]) {
                var repeating = keys
                repeating[second] = keys[first]
                #expect(throws: InvalidTransaction.repeatedDocument(keys[first])) {
                    try transaction(writing: repeating).validate()
                }
            }
        }
    }

    @Test(arguments: counts) func aDocumentThatIsWrittenAndDeletedIsNamed(count: Int) throws {
        let keys = try keys(count)
        var transaction = transaction(writing: keys)
        transaction.delete(keys[count / 2])
        #expect(throws: InvalidTransaction.repeatedDocument(keys[count / 2])) { try transaction.validate() }
    }

    @Test(arguments: counts) func aStreamThatIsAppendedToTwiceIsNamed(count: Int) throws {
        let streams = try keys(count).map { StreamID("streams", $0.id.retyped()) }
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        let draft = EventDraft(id: EventID(bits: 1), name: "Noted", payload: [])
        for stream in streams + [streams[count / 2]] { transaction.append([draft], to: stream, expecting: .any) }
        #expect(throws: InvalidTransaction.repeatedStream(streams[count / 2])) { try transaction.validate() }
    }
}
