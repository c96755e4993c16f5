package import Marketplace
import Synchronization

/// Stands before a gateway and counts what was not answered, and what became of it.
///
/// Each request gives up the thread once, as a request to a gateway on a network does: others reserve meanwhile.
package final class WatchedGateway: PaymentGateway {
    /// What was not answered, and what became of it.
    package struct Counts: Sendable, Hashable {
        /// Authorizations that were not answered.
        package var unansweredAuthorizations = 0
        /// Captures that were not answered.
        package var unansweredCaptures = 0
        /// Requests that had been performed, as was found out later.
        package var foundPerformed = 0
        /// Requests that had never arrived, as was found out later.
        package var foundNeverSeen = 0
        /// Requests of which nothing was found out.
        package var unresolved = 0

        /// Requests that were not answered.
        package var unanswered: Int { unansweredAuthorizations + unansweredCaptures }
    }

    private struct State {
        var counts = Counts()
        var open: Set<IdempotencyKey> = []
    }

    private let gateway: any PaymentGateway
    private let state = Mutex(State())
    /// Spares all who look something up the lock while nothing is open.
    private let openCount = Atomic<Int>(0)

    init(_ gateway: any PaymentGateway) {
        self.gateway = gateway
    }

    /// What was counted so far.
    package var counts: Counts {
        state.withLock { state in
            var counts = state.counts
            counts.unresolved = state.open.count
            return counts
        }
    }

    /// Passes the request on.
    package func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        await Task.yield()
        do throws(PaymentGatewayError) {
            return try await gateway.perform(request)
        } catch {
            if error.effect == .unknown { note(request) }
            throw error
        }
    }

    /// Passes the question on.
    package func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        let answer = try await gateway.lookUp(key)
        if openCount.load(ordering: .relaxed) > 0 { note(answer, to: key) }
        return answer
    }

    private func note(_ request: GatewayRequest) {
        state.withLock { state in
            guard state.open.insert(request.key).inserted else { return }
            if request.operation.kind == .capture {
                state.counts.unansweredCaptures += 1
            } else {
                state.counts.unansweredAuthorizations += 1
            }
        }
        openCount.wrappingAdd(1, ordering: .relaxed)
    }

    private func note(_ answer: GatewayLookUp, to key: IdempotencyKey) {
        if answer == .pending { return }
        let wasOpen = state.withLock { state in
            guard state.open.remove(key) != nil else { return false }
            if answer == .neverSeen {
                state.counts.foundNeverSeen += 1
            } else {
                state.counts.foundPerformed += 1
            }
            return true
        }
        if wasOpen { openCount.wrappingSubtract(1, ordering: .relaxed) }
    }
}
