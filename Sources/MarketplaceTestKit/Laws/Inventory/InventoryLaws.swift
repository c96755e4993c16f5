/// A law of ``InventoryStore``.
public typealias InventoryLaw = Law<InventorySite>

/// The laws that every conformance to ``InventoryStore`` keeps.
///
/// Each law wants a site of its own of which nothing is known yet:
///
/// ```swift
/// @Test(arguments: InventoryLaws.all)
/// func everyLawHolds(_ law: InventoryLaw) async throws {
///     try await law.check { makeEmptySite() }
/// }
/// ```
///
/// An inventory that outlives its processes keeps those of ``DurableInventoryLaws`` too. The most memory and time are
/// taken by `bounds.most-lines`, which records a thousand changes, and `bounds.locations`.
public enum InventoryLaws {
    /// All of them.
    public static let all = LawSet(
        reserving + lives + deadlines + portions + backorders + terms + changes + movements + bounds + callers
    )

    private static let reserving: [InventoryLaw] = [
        allOrNothing, demandIsSummed, nothingIsOversold, requestsCanBeRepeated, idsAreReservedOnce, idsHaveOneContent,
        unknownSKUsAreMissing, requestsAreChecked,
    ]
    private static let lives: [InventoryLaw] = [
        livesHaveOneOrder, callsCanBeRepeated, releasesLeaveTombstones, endsAreFinal, unknownReservationsAreRefused,
    ]
    private static let deadlines: [InventoryLaw] = [
        deadlinesBindEveryCall, overdueUnitsAreFree, overdueUnitsAreFreeForChanges, deadlinesMoveOn,
        sweepsEndEachOnce, racesEndEachOnce,
    ]
    private static let portions: [InventoryLaw] = [
        portionsAreCountedInAll, portionsAreBounded, releasesBeginAtTheLoosest, deadlinesEndTheHeldPart,
    ]
    private static let backorders: [InventoryLaw] = [
        backordersHaveALimit, backordersAreNotOversold, backordersAreFilledInOrder, backordersAreNotShipped,
        backordersGiveRoomBack, backordersLeaveSafetyStock,
    ]
    private static let terms: [InventoryLaw] = [
        safetyStockIsKept, membersHaveALimit, limitsCountFromTheirStart, limitsHoldAtOnce, purchasesHaveASize,
        salesHaveAWindow, contradictoryTermsAreRefused,
    ]
    private static let changes: [InventoryLaw] = [
        changesMoveTheirParts, changesTakeWhatIsThere, changesCanBeRepeated, transfersAreOneStep, changesAddUpAtOnce,
    ]
    private static let movements: [InventoryLaw] = [
        movementsAddUp, changesHaveOneMovement, movementsArePaged, readersMissNothing, openReservationsArePaged,
    ]
    private static let bounds: [InventoryLaw] = [
        keysAreBytes, keyLengthsAreKept, extremesAreHarmless, largestReservationsWork, locationsAreBounded,
    ]
    private static let callers: [InventoryLaw] = [connectionsAgree, cancelledCallersLeaveNoHalves]
}
