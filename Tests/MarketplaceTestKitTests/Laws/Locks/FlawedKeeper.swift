import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit

/// Renews and releases a lease of ``FlawedLocks``.
struct FlawedKeeper: LeaseKeeper {
    let book: LockBook
    let keys: [FenceKey]
    let holder: UInt64

    private var flaw: LockFlaw? { book.flaw }

    func renew(for length: Duration) async throws(LockError) -> Bool {
        if flaw == .renewsByWord { return true }
        do throws(LockError) {
            return try book.request { state in
                let now = book.now
                let isHeld = keys.allSatisfy {
                    state.rows[$0]?.holder == holder && (state.rows[$0]?.deadline ?? now) > now
                }
                guard isHeld || flaw == .renewsAnything else { return false }
                for key in keys.prefix(flaw == .renewsFirstKeyOnly ? 1 : keys.count) {
                    state.rows[key]?.holder = holder
                    state.rows[key]?.deadline = now + length
                }
                return true
            }
        } catch {
            if flaw == .failedRenewalIsLoss { return false }
            throw error
        }
    }

    func release() async throws(LockError) -> LeaseReleaseOutcome {
        if flaw == .releasesLate { return .released }
        do throws(LockError) {
            return try book.request { state in
                var outcome = LeaseReleaseOutcome.released
                for key in keys {
                    let row = state.rows[key]
                    let isHeld = row?.holder == holder && (row?.deadline ?? .zero) > book.now
                    if !isHeld { outcome = .notHeld }
                    guard row?.holder == holder || flaw == .releasesByKey else { continue }
                    state.rows[key]?.holder = nil
                    if flaw == .tokenGoneWithTheRow { state.rows[key] = nil }
                }
                state.releases += 1
                return outcome
            }
        } catch {
            if flaw == .failedReleaseIsSilent { return .released }
            throw error
        }
    }
}
