public import MarketplaceCore

/// Reads which runs of a job there were, from the store that its schedulers use.
public struct JobHistory: Sendable {
    private let store: any Store

    /// The history that is kept in `store`.
    public init(store: any Store) {
        self.store = store
    }

    /// The latest runs of a job, the latest first, at most `limit`.
    ///
    /// A run that is under way, or has crashed unnoticed, is among them without an end.
    public func latest(of job: JobName, limit: Int = 20) async throws(JobError) -> [JobRunRecord] {
        do throws(StoreError) {
            var runs: [JobRunRecord] = []
            for document in try await store.documents(matching: JobRunRecord.latest(of: job, limit: limit)).documents {
                runs.append(try JobRunRecord(document))
            }
            return runs
        } catch {
            throw JobError(job, error)
        }
    }
}
