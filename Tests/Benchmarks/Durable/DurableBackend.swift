import MarketplaceStorage

/// A database that durable work is measured on, with the raw programs that do the same work on it.
///
/// A new one conforms to this and has its line in ``DurableBenchmarks/all(_:)``; the workloads are the same for all.
protocol DurableBackend: Sendable {
    /// The second part of the names of its benchmarks, and the first part of the names of its peers.
    var name: String { get }

    /// What share of a raw program's speed is promised of it.
    var marks: DurableMarks { get }

    /// An empty database; it is removed when nobody holds it any more.
    func open() async throws -> DurableDatabase

    /// A raw program that does that work on an empty database of its own.
    func raw(_ work: DurableWork) async throws -> any DurableRaw

    /// A raw program that does that work beside what is in a copy of that database, which it keeps from round to round.
    func raw(_ work: DurableWork, beside database: DurableDatabase) async throws -> any DurableRaw
}

/// An open database.
struct DurableDatabase: Sendable {
    /// The store in it.
    let store: any Store
    /// What has to be kept for as long as the store is used.
    let holder: any AnyObject & Sendable
}

/// The marks that differ from database to database, in thousandths of a raw program's speed.
struct DurableMarks: Sendable {
    /// 64 callers, of the raw single commits.
    let manyCallersOfSingle: Int
    /// 10,000 buyers of one SKU.
    let buyers: [Bar.Mark]
}

/// Writes the rows of some work with nothing around them.
protocol DurableRaw: Sendable {
    /// Does so many units, always `batch` of them in one transaction, and answers how many.
    func write(_ units: Int, batch: Int) throws -> Int64

    /// Reads the events of a stream, and answers how many.
    func load(category: String, key: String) throws -> Int64

    /// Reads a document, and answers how many there are.
    func document(collection: String, id: String) throws -> Int64

    /// Reads the events and the documents of orders, and answers how many.
    func read(_ orders: DurableReads) throws -> Int64

    /// Loads aggregates of so many events in turn, appends an event after each, and answers how often it did.
    func loadAndAppend(_ count: Int, aggregates: Int, events: Int) throws -> Int64

    /// How much of the last call was no work but starting a program.
    var idleNanoseconds: Int64 { get }
}

extension DurableRaw {
    var idleNanoseconds: Int64 { 0 }

    func read(_ orders: DurableReads) throws -> Int64 {
        var found: Int64 = 0
        for key in orders.keys {
            found += try load(category: "order", key: key)
            found += try document(collection: "orders", id: key)
        }
        return found
    }

    func loadAndAppend(_ count: Int, aggregates: Int, events: Int) throws -> Int64 {
        var done: Int64 = 0
        for number in 0..<count {
            let key = DurableLoading.id(number)
            guard try load(category: DurableLoading.category, key: key) == Int64(events) else { continue }
            done += try write(1, batch: 1)
        }
        return done
    }

    /// The answer of a round that is one call.
    func timed(_ call: () throws -> Int64) rethrows -> RoundAnswer {
        let witness = try call()
        return RoundAnswer(witness: witness, idleNanoseconds: idleNanoseconds)
    }
}
