import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

struct StoreLockProviderTests {
    private let world = World()
    private let lease = Duration.seconds(10)

    /// A provider of its own, as another process has it.
    private func provider() -> StoreLockProvider {
        StoreLockProvider(
            store: world.store,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock
        )
    }

    private func acquire(
        _ keys: LockKeys = LockKeys("a"),
        from provider: StoreLockProvider? = nil,
        wait: Duration = .zero
    ) async throws -> LockOutcome {
        try await (provider ?? self.provider()).acquire(keys, lease: lease, wait: wait)
    }

    /// Whether somebody else holds a key.
    private func isBusy(_ keys: LockKeys = LockKeys("a"), from provider: StoreLockProvider? = nil) async throws -> Bool
    {
        if case .busy = try await acquire(keys, from: provider) { true } else { false }
    }

    /// Takes the keys, and tells whether that succeeded.
    private func takes(_ keys: LockKeys = LockKeys("a"), from provider: StoreLockProvider? = nil) async throws -> Bool {
        try await acquire(keys, from: provider).lease != nil
    }

    private func lease(_ keys: LockKeys = LockKeys("a"), from provider: StoreLockProvider? = nil) async throws -> Lease
    {
        try #require(try await acquire(keys, from: provider).lease)
    }

    @Test func aHeldKeyIsBusyAndAFreeOneIsNot() async throws {
        let held = try await lease()
        #expect(try await isBusy())
        #expect(try await takes(LockKeys("b")))
        #expect(try await held.release() == .released)
        #expect(try await takes())
    }

    @Test func releasingAgainIsHarmless() async throws {
        let first = try await lease()
        try await first.release()
        let second = try await lease()
        #expect(try await first.release() == .notHeld)
        #expect(try await isBusy())
        #expect(second.isHeld)
    }

    @Test func releasingALeaseThatRanOutFreesTheKeyAndIsReportedAsNotHeld() async throws {
        let held = try await lease()
        world.clock.advance(by: lease)
        #expect(try await held.release() == .notHeld)
        #expect(held.end == .expired)
        #expect(try await takes())
    }

    @Test func tokensStrictlyRiseThroughReleaseExpiryAndRestart() async throws {
        var last = FencingToken(0)
        for round in 0..<2_000 {
            let observer = provider()
            var found = try await acquire(from: observer).lease
            if found == nil {
                // It has seen the document once, and sees it again, unchanged, a whole lease later.
                world.clock.advance(by: lease)
                found = try await acquire(from: observer).lease
            }
            let next = try #require(found)
            let token = try #require(next.tokens["a"])
            #expect(token > last)
            last = token
            if round.isMultiple(of: 2) { try await next.release() }
        }
        #expect(last.value >= 2_000)
    }

    @Test func aDeadHoldersKeyIsTakenOnlyAfterItStoodStillForAWholeLease() async throws {
        _ = try await lease()
        let observer = provider()
        world.clock.advance(by: .seconds(60))
        #expect(try await isBusy(from: observer))
        world.clock.advance(by: lease - .milliseconds(1))
        #expect(try await isBusy(from: observer))
        world.clock.advance(by: .milliseconds(1))
        #expect(try await takes(from: observer))
    }

    @Test func aHolderThatRenewsIsNotTakenForDead() async throws {
        let held = try await lease()
        let observer = provider()
        for _ in 1...10 {
            #expect(try await isBusy(from: observer))
            world.clock.advance(by: .seconds(6))
            #expect(try await held.renew(for: lease))
        }
        #expect(try await isBusy(from: observer))
    }

    @Test func theWallClockPlaysNoPart() async throws {
        let held = try await lease()
        let observer = provider()
        #expect(try await isBusy(from: observer))
        world.clock.setWallTime(world.clock.wall.now.advanced(by: .seconds(3_600)))
        #expect(try await isBusy(from: observer))
        world.clock.setWallTime(world.clock.wall.now.advanced(by: .seconds(-7_200)))
        #expect(held.remaining == lease)
    }

    @Test func aStaleHolderCanNeitherRenewNorFreeWhatItsSuccessorHolds() async throws {
        let stale = try await lease()
        let observer = provider()
        _ = try await acquire(from: observer)
        // Just before its own clock runs out, its lease is as good as over; the observer needs a little longer.
        world.clock.advance(by: lease)
        let successor = try #require(try await acquire(from: observer).lease)
        #expect(try await stale.renew(for: lease) == false)
        #expect(try await stale.release() == .notHeld)
        #expect(try await isBusy())
        #expect(successor.isHeld)
        #expect(stale.end == .expired)
    }

    @Test func aStaleHoldersWriteIsRefusedByTheFence() async throws {
        let stale = try await lease()
        let observer = provider()
        _ = try await acquire(from: observer)
        world.clock.advance(by: lease)
        let successor = try #require(try await acquire(from: observer).lease)

        func write(_ lease: Lease) async throws {
            var transaction = Transaction(id: world.identifiers.next(), time: .epoch)
            transaction.require(lease)
            transaction.add(1, to: "stock")
            _ = try await world.base.commit(transaction)
        }
        try await write(successor)
        let error = await #expect(throws: StoreError.self) { try await write(stale) }
        guard case .conflict(.staleFence) = error else {
            Issue.record("refused for another reason: \(String(describing: error))")
            return
        }
        #expect(try await world.base.counter("stock") == 1)
    }

    @Test func severalKeysAreTakenTogetherOrNotAtAll() async throws {
        let held = try await lease(LockKeys("b"))
        let all = try LockKeys(["c", "b", "a", "a"])
        #expect(all.sorted == ["a", "b", "c"])
        #expect(try await isBusy(all))
        #expect(try await takes(LockKeys("a")))
        try await held.release()
        #expect(try await acquire(LockKeys(["b", "c"])).lease?.keys == ["b", "c"])
    }

    @Test func releasingSeveralKeysFreesThoseThatAreStillHeld() async throws {
        let both = try await lease(LockKeys(["a", "b"]))
        let observer = provider()
        _ = try await acquire(from: observer)
        world.clock.advance(by: lease)
        _ = try await lease(LockKeys("a"), from: observer)
        #expect(try await both.release() == .notHeld)
        #expect(try await takes(LockKeys("b")))
        #expect(try await isBusy(LockKeys("a")))
    }

    @Test func aWaitingCallerGetsTheKeyWhenItIsReleased() async throws {
        let held = try await lease()
        let waiting = Task { try await acquire(wait: .seconds(60)) }
        await world.clock.waitForSleepers()
        try await held.release()
        world.clock.advanceToNextSleeper()
        #expect(try await waiting.value.lease != nil)
    }

    @Test func aWaitingCallerGivesUpAtItsDeadline() async throws {
        _ = try await lease()
        let ended = Journal<Bool>()
        let waiting = Task {
            defer { ended.append(true) }
            return try await acquire(wait: .milliseconds(150)).lease
        }
        while ended.entries.isEmpty {
            world.clock.advanceToNextSleeper()
            await Task.yield()
        }
        #expect(try await waiting.value == nil)
        #expect(world.clock.now.offset == .milliseconds(150))
    }

    @Test func aCancelledCallerLeavesNothingBehind() async throws {
        let held = try await lease()
        let waiting = Task { try await acquire(wait: .seconds(60)) }
        await world.clock.waitForSleepers()
        waiting.cancel()
        let error = await #expect(throws: LockError.self) { try await waiting.value }
        #expect(error?.code == .cancelled)
        #expect(world.clock.sleeperCount == 0)
        try await held.release()
        #expect(try await takes())
    }

    @Test func remainingTimeIsMeasuredFromBeforeTheRequest() async throws {
        let slow = FaultInjectingStore(
            world.base,
            beforeCommit: { [clock = world.clock] _ in clock.advance(by: .seconds(2)) }
        )
        let provider = StoreLockProvider(
            store: slow,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock
        )
        let lease = try #require(try await provider.acquire(LockKeys("a"), lease: lease, wait: .zero).lease)
        #expect(lease.remaining == .seconds(8))
        #expect(try await lease.renew(for: .seconds(10)))
        #expect(lease.remaining == .seconds(8))
    }

    @Test(arguments: [1, 2])
    func anAnswerThatIsLostIsFoundByCommittingAgain(count: Int) async throws {
        for fault in [CommitFault.loseAnswer, .loseRequest] {
            world.fail(1...count, with: fault)
            let held = try await lease()
            #expect(world.store.firedFaults.count == count)
            world.fail(1...count, with: fault)
            #expect(try await held.renew(for: lease))
            #expect(world.store.firedFaults.count == count)
            world.fail(1...count, with: fault)
            #expect(try await held.release() == .released)
            #expect(world.store.firedFaults.count == count)
        }
    }

    @Test func aLeaseWhoseAnswersAreAllLostIsFoundByItsNonce() async throws {
        world.fail(1...3, with: .loseAnswer)
        let held = try await lease(LockKeys(["a", "b"]))
        #expect(world.store.firedFaults.count == 3)
        #expect(try await held.renew(for: lease))
        #expect(try await held.release() == .released)
    }

    @Test func aLeaseThatCannotBeFoundIsUnknown() async throws {
        world.fail(1...3, with: .loseRequest)
        guard case .unknown(let error) = try await acquire() else {
            Issue.record("the outcome is known")
            return
        }
        #expect(error.effect == .unknown)
    }

    @Test func aRenewalWhoseAnswersAreAllLostDoesNotLoseTheLease() async throws {
        let held = try await lease()
        world.fail(1...3, with: .loseAnswer)
        let error = await #expect(throws: LockError.self) { try await held.renew(for: lease) }
        #expect(error?.code == .outcomeUnknown)
        #expect(held.isHeld)
        #expect(try await held.renew(for: lease))
        world.fail(1...3, with: .loseAnswer)
        await #expect(throws: LockError.self) { try await held.release() }
        #expect(try await takes())
    }

    @Test func leasesAreToldWhenTheyAreGivenAndOnceWhenTheyAreOver() async throws {
        let notebook = Notebook()
        let provider = StoreLockProvider(
            store: world.store,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock,
            observer: notebook
        )
        let released = try await lease(LockKeys(["b", "a"]), from: provider)
        try await released.release()
        try await released.release()
        let expired = try await lease(from: provider)
        world.clock.advance(by: lease)
        #expect(await expired.waitForEnd() == .expired)
        #expect(notebook.lines == ["lease.given", "lease.ended", "lease.given", "lease.ended"])
        #expect(notebook.events(LeaseEnded.self).map(\.end) == [.released, .expired])
        #expect(notebook.events(LeaseGiven.self).map(\.keys) == [["a", "b"], ["a"]])
    }

    @Test func aStoreThatIsDownIsAnOperatingError() async throws {
        world.fail(1...1, with: .unavailable)
        let error = await #expect(throws: LockError.self) { try await acquire() }
        #expect(error?.code == .unavailable)
        #expect(error?.isRetriable == true)
        #expect(try await takes())
    }

    @Test func oneOfManyWhoAskTogetherGetsTheKey() async throws {
        let winners = try await withThrowingTaskGroup(of: Lease?.self) { group in
            for _ in 1...16 { group.addTask { try await acquire().lease } }
            return try await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
        }
        #expect(winners.count == 1)
    }

    @Test func callersWithKeysInOppositeOrdersAllComeToTheirEnd() async throws {
        let clock = ContinuousClock()
        let total = try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 1...8 {
                group.addTask {
                    let provider = StoreLockProvider(
                        store: world.base,
                        identifiers: world.identifiers,
                        wallClock: world.clock.wall,
                        clock: clock,
                        poll: .milliseconds(1)
                    )
                    let keys: [FenceKey] = caller.isMultiple(of: 2) ? ["a", "b"] : ["b", "a"]
                    for _ in 1...10 {
                        let outcome = try await provider.acquire(
                            try LockKeys(keys),
                            lease: .seconds(60),
                            wait: .seconds(60)
                        )
                        let lease = try #require(outcome.lease)
                        var transaction = Transaction(id: world.identifiers.next(), time: .epoch)
                        transaction.require(lease)
                        transaction.add(1, to: "turns")
                        _ = try await world.base.commit(transaction)
                        try await lease.release()
                    }
                }
            }
            try await group.waitForAll()
            return try await world.base.counter("turns")
        }
        #expect(total == 80)
    }

    @Test func keysLeasesAndWaitsOutOfRangeAreRefused() async throws {
        #expect(throws: LockError.self) { try LockKeys([FenceKey]()) }
        #expect(throws: LockError.self) {
            try LockKeys((0...LockKeys.maximumCount).map { FenceKey(stringLiteral: "\($0)") })
        }
        let provider = provider()
        for lease in [Duration.zero, .seconds(-1), LockLimits.longestLease + .seconds(1)] {
            let error = await #expect(throws: LockError.self) {
                try await provider.acquire(LockKeys("a"), lease: lease, wait: .zero)
            }
            #expect(error?.effect == .refused)
        }
        await #expect(throws: LockError.self) {
            try await provider.acquire(LockKeys("a"), lease: lease, wait: .seconds(-1))
        }
    }

    @Test func aDamagedDocumentIsATypedError() async throws {
        for body in [[], [9], [1, 2, 3]] as [[UInt8]] {
            var transaction = Transaction(id: world.identifiers.next(), time: .epoch)
            transaction.write(DocumentWrite(DocumentKey("$locks", "a"), body: body))
            _ = try await world.base.commit(transaction)
            let error = await #expect(throws: LockError.self) { try await acquire() }
            #expect(error?.code == .unreadable)
            #expect(error?.isRetriable == false)
        }
    }
}
