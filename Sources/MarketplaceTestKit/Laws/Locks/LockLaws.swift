/// A law of ``LockProvider``.
public typealias LockLaw = Law<LockSite>

/// The laws that every conformance to ``LockProvider`` keeps.
///
/// Each law wants a site of its own in which nothing is locked:
///
/// ```swift
/// @Test(arguments: LockLaws.all)
/// func everyLawHolds(_ law: LockLaw) async throws {
///     try await law.check { makeEmptySite() }
/// }
/// ```
///
/// A provider that serves callers in their order keeps those of ``FairLockLaws`` too, and one that other processes
/// reach, each with a clock of its own, those of ``RemoteLockLaws``.
public enum LockLaws {
    /// All of them.
    public static let all = LawSet(holding + tokens + stale + waiting + keys + guarded)

    private static let holding: [LockLaw] = [
        heldKeysAreBusy, keysAreApart, freedKeysAreFree, leasesRunOut, renewedLeasesLast, remainingTimeIsHonest,
        inputsAreChecked, wallClockPlaysNoPart, contendedKeysHaveOneHolder,
    ]
    private static let tokens: [LockLaw] = [
        tokensRise, tokensOutliveRestarts, everyKeyHasItsToken, tokensFenceOffTheStale,
    ]
    private static let stale: [LockLaw] = [
        staleRenewalsFail, staleReleasesFreeNothing, repeatedReleasesFreeNothing, releasedLeasesAreNotRenewed,
        endsAreTold,
    ]
    private static let waiting: [LockLaw] = [
        noWaitIsNone, waitsEnd, releasesWake, expiryWakes, wakeUpsAreNotLost, everyWaiterIsServed,
        cancelledWaitersLeave, cancellationLosesNoKey, cancelledCallersTakeNothing,
    ]
    private static let keys: [LockLaw] = [
        keysAreTakenTogether, keysAreKeptTogether, staleKeysAreFreedAlone, oppositeOrdersEnd, manyKeysFit,
    ]
    private static let guarded: [LockLaw] = [
        guardedWorkAlwaysReleases, guardedWorkIsRenewed, lostWorkIsCancelled,
    ]
}
