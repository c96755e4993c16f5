import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization

/// The planted bugs, at least one for each law of lock providers.
enum PlantedLockBugs {
    /// Long enough for a call that is woken on a busy machine, for nothing but a call that is stuck takes longer.
    static let patience = Duration.milliseconds(300)

    /// A site whose locks have a flaw.
    static func site(_ flaw: LockFlaw?, patience: Duration = Self.patience) -> LockSite {
        faultySite(flaw, patience: patience).site
    }

    /// A site whose requests fail on demand, and whose locks have a flaw.
    static func faultySite(_ flaw: LockFlaw?, patience: Duration = Self.patience) -> (site: LockSite, book: LockBook) {
        let clock = ManualClock()
        let book = LockBook(clock: clock, flaw: flaw)
        let connections = Shared(0)
        let site = LockSite(
            clock: clock,
            attention: FlawedLocks.poll,
            patience: patience,
            residue: { book.state.withLock { $0.line.count } },
            connect: { clock in
                FlawedLocks(
                    book,
                    connection: connections.withLock {
                        $0 += 1; return $0
                    },
                    clock: clock
                )
            }
        )
        return (site, book)
    }

    static let locks = holding + tokens + stale + waiting + keys + guarded

    private static func bug(_ law: LockLaw, _ flaw: LockFlaw, _ name: String) -> PlantedBug<LockSite> {
        PlantedBug(law, name) { site(flaw) }
    }

    private static let holding = [
        bug(LockLaws.heldKeysAreBusy, .reentrant, "its holder is let in again"),
        bug(LockLaws.heldKeysAreBusy, .endsEarly, "a lease ends before its holder knows"),
        bug(LockLaws.keysAreApart, .caseFolded, "the case of keys does not count"),
        bug(LockLaws.freedKeysAreFree, .releasesLate, "a release waits for the lease to run out"),
        bug(LockLaws.leasesRunOut, .endsLate, "a lease lasts longer than it was asked for"),
        bug(LockLaws.leasesRunOut, .endsEarly, "a lease ends before its time"),
        bug(LockLaws.renewedLeasesLast, .renewsByWord, "a renewal is promised and not stored"),
        bug(LockLaws.remainingTimeIsHonest, .hopeful, "a lease looks longer to its holder than it is"),
        bug(LockLaws.remainingTimeIsHonest, .endsEarly, "others get the key while time remains to its holder"),
        bug(LockLaws.inputsAreChecked, .unchecked, "leases and waits are not checked"),
        bug(LockLaws.wallClockPlaysNoPart, .wallClock, "leases run out by the wall clock"),
        bug(LockLaws.contendedKeysHaveOneHolder, .checksThenTakes, "a key is checked first and taken later"),
    ]
    private static let tokens = [
        bug(LockLaws.tokensRise, .tokenGoneWithTheRow, "a release deletes the token with the lock"),
        bug(LockLaws.tokensRise, .tokenKeptAtTakeOver, "who takes over has the token of who ran out"),
        PlantedBug(LockLaws.tokensOutliveRestarts, "tokens begin anew with every process") {
            let clock = ManualClock()
            let connect: @Sendable (ManualClock) -> FlawedLocks = { clock in
                FlawedLocks(LockBook(clock: clock, flaw: nil), connection: 1, clock: clock)
            }
            return LockSite(clock: clock, patience: patience, restart: { connect(clock) }, connect: connect)
        },
        bug(LockLaws.everyKeyHasItsToken, .tokenOfTheFirstKey, "all keys have the token of the first"),
        bug(LockLaws.tokensFenceOffTheStale, .tokenKeptAtTakeOver, "a take-over does not raise the token"),
    ]
    private static let stale = [
        bug(LockLaws.staleRenewalsFail, .renewsAnything, "a renewal takes the key back"),
        bug(LockLaws.staleReleasesFreeNothing, .releasesByKey, "a stale release frees the lease of another"),
        bug(LockLaws.repeatedReleasesFreeNothing, .releasesByKey, "a second release frees the lease of another"),
        bug(LockLaws.releasedLeasesAreNotRenewed, .releasesLate, "a released key stays taken"),
        bug(LockLaws.endsAreTold, .renewsAnything, "a lease never notices that its time is over"),
    ]
    private static let waiting = [
        bug(LockLaws.noWaitIsNone, .waitsAlways, "everyone waits for one look at least"),
        bug(LockLaws.waitsEnd, .waitsLonger, "a wait takes longer than it may"),
        bug(LockLaws.waitsEnd, .givesUpEarly, "a wait ends with the first look"),
        bug(LockLaws.releasesWake, .sleepsThrough, "a waiter looks again at its deadline only"),
        bug(LockLaws.expiryWakes, .expiryUnseen, "a waiter does not see a lease run out"),
        bug(LockLaws.wakeUpsAreNotLost, .losesWakeUps, "a release between the look and the wait wakes nobody"),
        bug(LockLaws.everyWaiterIsServed, .sleepsThrough, "nobody is woken"),
        bug(LockLaws.cancelledWaitersLeave, .staysWhenCancelled, "a cancelled waiter stays in line"),
        bug(LockLaws.cancellationLosesNoKey, .cancelledTakesAlong, "a cancelled waiter takes the key along"),
        bug(LockLaws.cancelledCallersTakeNothing, .cancelledBeforeTakes, "a cancelled caller is given the key"),
    ]
    private static let keys = [
        bug(LockLaws.keysAreTakenTogether, .keepsPart, "the keys before a busy one are kept"),
        bug(LockLaws.keysAreKeptTogether, .renewsFirstKeyOnly, "only the first key is renewed"),
        bug(LockLaws.staleKeysAreFreedAlone, .releasesByKey, "a late release frees what others have taken"),
        bug(LockLaws.oppositeOrdersEnd, .oneByOne, "keys are taken one by one, in an order of everyone's own"),
        bug(LockLaws.manyKeysFit, .locksFirstKeysOnly, "only the first hundred keys are locked"),
    ]
    private static let guarded = [
        bug(LockLaws.guardedWorkAlwaysReleases, .releasesLate, "a release waits for the lease to run out"),
        bug(LockLaws.guardedWorkIsRenewed, .renewsByWord, "a renewal is promised and not stored"),
        bug(LockLaws.lostWorkIsCancelled, .renewsAnything, "a lease never notices that its time is over"),
    ]

    static let fair = [
        bug(FairLockLaws.callersAreServedInOrder, .lastComeFirst, "who came last is served first"),
        bug(FairLockLaws.keysAreNotTakenPastWaiters, .unfairOnSeveralKeys, "only callers of the same keys line up"),
        bug(FairLockLaws.leavingKeepsTheOrder, .staysWhenCancelled, "a cancelled waiter stays in line"),
    ]

    static let remote = [
        PlantedBug(RemoteLockLaws.leasesOutliveRestarts, "a process that starts anew knows of no lease") {
            let clock = ManualClock()
            let book = LockBook(clock: clock, flaw: nil)
            return LockSite(
                clock: clock,
                patience: patience,
                restart: { FlawedLocks(LockBook(clock: clock, flaw: nil), connection: 2, clock: clock) },
                connect: { clock in FlawedLocks(book, connection: 1, clock: clock) }
            )
        },
        bug(RemoteLockLaws.slowHoldersLoseTheKey, .renewsAnything, "a renewal takes the key back"),
        bug(RemoteLockLaws.slowHoldersLoseTheKey, .releasesByKey, "a stale release frees the lease of another"),
        bug(RemoteLockLaws.lossesAreNoticedInTime, .renewsByWord, "a renewal does not look who holds the key"),
    ]

    static let faults = [
        bug(LockFaultLaws.failedRequestsTakeNothing, .refusalIsUnknown, "what was refused is called unknown"),
        bug(LockFaultLaws.lostAnswersLoseNoKey, .unknownIsBusy, "what is unknown is called busy"),
        bug(LockFaultLaws.failedRenewalsEndNothing, .failedRenewalIsLoss, "a renewal that fails is called a loss"),
        bug(LockFaultLaws.failedReleasesAreRepeatable, .failedReleaseIsSilent, "a release that fails is passed over"),
        bug(LockFaultLaws.faultsMakeNoSecondHolder, .unknownIsAcquired, "what is unknown is called acquired"),
    ]

    private static func bug(_ law: LockFaultLaw, _ flaw: LockFlaw, _ name: String) -> PlantedBug<FaultyLockSite> {
        PlantedBug(law, name) { makeFaulty(flaw, patience: patience) }
    }

    static func makeFaulty(_ flaw: LockFlaw?, patience: Duration) -> FaultyLockSite {
        let (site, book) = faultySite(flaw, patience: patience)
        return FaultyLockSite(site) { fault, count in book.inject(fault, count) }
    }
}
