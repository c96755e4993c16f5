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
}
