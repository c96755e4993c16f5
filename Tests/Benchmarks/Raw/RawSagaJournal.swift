/// The raw limit of a saga of three steps: the four commits of its journal, and nothing that decides anything.
///
/// A saga of *n* steps makes *n* + 1 commits: one that starts it with the intent of the first step, one after each
/// step but the last with that step's result and the next intent, and one that ends it.
enum RawSagaJournal {
    /// How many commits a saga of three steps makes.
    static let commits = 4
    /// The bytes of one journal entry: the step, the result and the next intent in a binary envelope.
    static let entryBytes = 120

    /// Writes the journal of one saga; the answer is the version of its stream afterwards.
    static func run(saga index: Int, in store: RawStore, payload: [UInt8]) -> Int64 {
        var version: Int64 = 0
        for step in 0..<commits {
            let number = UInt128(index * commits + step + 1)
            let receipt = store.commit(
                RawStore.Commit(
                    id: number,
                    time: Int64(index),
                    stream: "saga-\(index)",
                    expectedVersion: version,
                    eventID: number,
                    eventName: "saga.step",
                    payload: payload,
                    counter: nil
                )
            )
            version = receipt?.version ?? version
        }
        return version
    }
}
