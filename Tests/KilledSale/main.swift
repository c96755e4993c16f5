#if SQLite
import MarketplaceCore
import MarketplaceSQLite
import MarketplaceStorage

// A process to be killed, and one that looks at what it left.
//
//     killed-sale sell FILE     sells from many tasks without end; prints the number of each sale that is acknowledged
//     killed-sale check FILE    reads such numbers and fails unless each of these sales is there, whole and once

/// Sells `number`: an event, a document and a counter in one transaction.
func sell(_ number: Int, on store: some Store, _ identifiers: some IdentifierSource) async throws {
    var transaction = Transaction(id: identifiers.next(), time: .epoch)
    let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: Array("\(number)".utf8))
    transaction.append([draft], to: StreamID("sale", try TextKey("\(number % 7)")), expecting: .any)
    transaction.write(
        DocumentWrite(DocumentKey("sales", try TextKey("\(number)")), body: [], expecting: .absent)
    )
    transaction.add(1, to: "sold")
    _ = try await store.commit(transaction)
}

/// The payloads of all events of the feed.
func soldNumbers(on store: some Store) async throws -> [Int] {
    var numbers: [Int] = []
    var position = FeedPosition.start
    while true {
        let slice = try await store.events(after: position, matching: .all, limit: 1_000)
        numbers += slice.events.compactMap { Int(String(decoding: $0.payload, as: UTF8.self)) }
        position = slice.position
        if slice.isCaughtUp { return numbers }
    }
}

let (verb, file) = (CommandLine.arguments[1], CommandLine.arguments[2])
let store = try await SQLiteDatabase(opening: .file(file)).store(namespace: "own")
let numbers = try await soldNumbers(on: store)
if verb == "sell" {
    let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
    let first = (numbers.max() ?? 0) + 1
    try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 0..<16 {
            group.addTask {
                for number in stride(from: first + task, to: .max, by: 16) {
                    try await sell(number, on: store, identifiers)
                    print("\(number).")
                }
            }
        }
        try await group.waitForAll()
    }
} else {
    var acknowledged: Set<Int> = []
    while let line = readLine() {
        // The last line of a killed process may be half a number.
        if let number = Int(line.dropLast(1)), line.hasSuffix(".") { acknowledged.insert(number) }
    }
    let found = Set(numbers)
    var documents = 0
    var query = DocumentQuery.all(of: "sales", limit: 1_000)
    while true {
        let page = try await store.documents(matching: query)
        documents += page.documents.count
        guard let next = page.next else { break }
        query = query.continued(from: next)
    }
    let sold = Int(try await store.counter("sold"))
    precondition(found.count == numbers.count, "a sale is recorded twice")
    precondition(acknowledged.isSubset(of: found), "lost: \(acknowledged.subtracting(found).sorted().prefix(10))")
    precondition(documents == found.count && sold == found.count, "\(documents) \(sold) \(found.count)")
    print("\(acknowledged.count) acknowledged, \(found.count) found")
}
#else
print("this needs the trait SQLite")
#endif
