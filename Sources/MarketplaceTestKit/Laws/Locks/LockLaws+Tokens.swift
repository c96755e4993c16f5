import MarketplaceCore
import MarketplaceStorage

extension LockLaws {
    /// How many leases the law of rising tokens takes.
    static let cycles = 10_000

    /// The token of a key rises with every lease, however the one before ended.
    public static let tokensRise = LockLaw(
        "token.rises",
        "The token of a key strictly rises over 10,000 leases, whether they were released, renewed or ran out."
    ) { probe in
        var last = FencingToken(0)
        for round in 0..<cycles {
            let lease = try await probe.takeOver(from: round.isMultiple(of: 7) ? probe.second : probe.first)
            let token = try probe.token(of: lease)
            try LawBreach.unless(token > last, "a token above \(last.value)", found: "\(token.value)")
            last = token
            switch round % 5 {
            case 0, 1: try await probe.release(lease)
            case 2: _ = try await probe.renew(lease)
            case 3:
                probe.clock.advance(by: LockProbe.length)
                try await probe.release(lease)
            default: break
            }
        }
    }

    /// The token of a key rises through a restart of every process.
    public static let tokensOutliveRestarts = LockLaw(
        "token.restart",
        "The token of a key rises through a restart of every process, whether the key was held or free."
    ) { probe in
        var last = FencingToken(0)
        var provider = probe.first
        for round in 0..<10 {
            for _ in 0..<5 {
                let lease = try await probe.takeOver(from: provider)
                let token = try probe.token(of: lease)
                try LawBreach.unless(token > last, "a token above \(last.value)", found: "\(token.value)")
                last = token
                if round.isMultiple(of: 2) { try await probe.release(lease) }
            }
            // No process starts anew in no time.
            probe.clock.advance(by: .seconds(1))
            provider = try await probe.site.restart()
        }
    }

    /// A lease has a token for each of its keys, and each rises.
    public static let everyKeyHasItsToken = LockLaw(
        "token.every-key",
        "A lease has a token for each of its keys and for no other, and the token of each key rises on its own."
    ) { probe in
        let sets: [[FenceKey]] = [["a"], ["a", "b"], ["b"], ["c", "b"], ["a", "b", "c"], ["c"], ["c", "a"]]
        var last: [FenceKey: FencingToken] = [:]
        for keys in sets + sets.reversed() + sets {
            let lease = try await probe.take(keys)
            try LawBreach.unlessEqual(lease.keys, keys.sorted(), "the keys of the lease, in order")
            try LawBreach.unlessEqual(lease.tokens.keys.sorted(), keys.sorted(), "the keys that have a token")
            for key in keys {
                let token = try probe.token(key, of: lease)
                let before = last[key, default: FencingToken(0)]
                try LawBreach.unless(token > before, "a token of \(key) above \(before.value)", found: "\(token.value)")
                last[key] = token
            }
            try await probe.release(lease)
        }
    }

    /// A resource that remembers the highest token refuses whoever was overtaken.
    public static let tokensFenceOffTheStale = LockLaw(
        "token.fences",
        "A resource that has seen the successor's token can tell the stale holder by a lower one, as often as it comes."
    ) { probe in
        var stale: [Lease] = [try await probe.take()]
        for _ in 1...10 {
            let successor = try await probe.takeOver(from: probe.second)
            let highest = try probe.token(of: successor)
            for lease in stale {
                // What a paused process does when it goes on: it asks nobody whether it is still the holder.
                let token = try probe.token(of: lease)
                try LawBreach.unless(
                    token < highest,
                    "the token of a stale holder below \(highest.value)",
                    found: "\(token.value)"
                )
            }
            stale.append(successor)
        }
    }
}
