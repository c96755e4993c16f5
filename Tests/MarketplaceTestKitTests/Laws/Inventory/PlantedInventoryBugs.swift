import MarketplaceTestKit

/// The planted bugs, at least one for each law of inventories.
enum PlantedInventoryBugs {
    static let all = planted.map { bug in PlantedBug(bug.law, bug.name) { FlawedInventory.site(bug.flaw) } }

    /// A law, the flaw it must catch, and what that is.
    typealias Planted = (law: InventoryLaw, flaw: InventoryFlaw, name: String)

    static let planted: [Planted] =
        reserving + lives + deadlines + portions + backorders + terms + changes + movements + bounds + callers

    /// The flaws that break the laws they are planted for and no others.
    static let narrow: [InventoryFlaw] = [
        .allocatesExpired, .changesAgain, .changesWaitForSweep, .checksLinesAlone, .deadlineEndsAll, .endsEarly,
        .expiresTwice,
        .extendsBackwards, .fillsByID, .fillsLastFirst, .fillsSafetyStock, .foldsKeys, .forgetsTombstone,
        .ignoresChangeContent, .ignoresSweepLimit, .keepsCounting, .limitGivenBackTwice, .locationsUnbounded,
        .losesOpenAtPageEnd, .shipsAwaited, .sizePerLine, .takesAnyTerms, .truncatesKeys, .unknownIsReleased,
        .windowClosesLate,
    ]

    private static func bug(_ law: InventoryLaw, _ flaw: InventoryFlaw, _ name: String) -> Planted {
        (law, flaw, name)
    }

    private static let reserving: [Planted] = [
        bug(InventoryLaws.allOrNothing, .keepsMetLines, "the lines before the one that is short stay held"),
        bug(InventoryLaws.demandIsSummed, .checksLinesAlone, "each line is checked alone"),
        bug(InventoryLaws.nothingIsOversold, .checksThenTakes, "units are checked first and taken later"),
        bug(InventoryLaws.requestsCanBeRepeated, .repetitionMovesDeadline, "a repetition moves the deadline"),
        bug(InventoryLaws.idsAreReservedOnce, .checksThenTakes, "an id is looked up first and taken later"),
        bug(InventoryLaws.idsHaveOneContent, .ignoresContent, "the content of a repetition is not compared"),
        bug(InventoryLaws.unknownSKUsAreMissing, .knowsEverySKU, "an unknown SKU has a stock of nothing"),
        bug(InventoryLaws.requestsAreChecked, .unchecked, "requests are not checked"),
    ]
    private static let lives: [Planted] = [
        bug(InventoryLaws.livesHaveOneOrder, .shipsHeld, "what is held is shipped"),
        bug(InventoryLaws.callsCanBeRepeated, .repetitionWritesMovement, "a repetition writes a movement"),
        bug(InventoryLaws.callsCanBeRepeated, .forgetsEnded, "what was released is forgotten"),
        bug(InventoryLaws.releasesLeaveTombstones, .forgetsTombstone, "a release that comes first leaves nothing"),
        bug(InventoryLaws.endsAreFinal, .forgetsEnded, "what has ended is forgotten"),
        bug(InventoryLaws.unknownReservationsAreRefused, .unknownIsReleased, "what nobody made is called released"),
    ]
    private static let deadlines: [Planted] = [
        bug(InventoryLaws.deadlinesBindEveryCall, .endsLate, "a hold ends a microsecond after its deadline"),
        bug(InventoryLaws.deadlinesBindEveryCall, .endsEarly, "a hold ends a microsecond before its deadline"),
        bug(InventoryLaws.deadlinesBindEveryCall, .allocatesExpired, "what is overdue is allocated"),
        bug(InventoryLaws.overdueUnitsAreFree, .waitsForSweep, "units are free once somebody has swept"),
        bug(InventoryLaws.overdueUnitsAreFreeForChanges, .changesWaitForSweep, "changes wait for a sweep"),
        bug(InventoryLaws.deadlinesMoveOn, .extendsExpired, "what is overdue is extended"),
        bug(InventoryLaws.deadlinesMoveOn, .extendsBackwards, "a deadline moves to an earlier time"),
        bug(InventoryLaws.sweepsEndEachOnce, .ignoresSweepLimit, "a sweep ends all there are"),
        bug(InventoryLaws.racesEndEachOnce, .expiresTwice, "two sweeps end the same hold"),
    ]
    private static let portions: [Planted] = [
        bug(InventoryLaws.portionsAreCountedInAll, .portionsAddUp, "a repeated portion counts again"),
        bug(InventoryLaws.portionsAreBounded, .portionsAreClamped, "of a portion that is too large all is taken"),
        bug(InventoryLaws.releasesBeginAtTheLoosest, .releasesAllocatedFirst, "allocated units are released first"),
        bug(InventoryLaws.deadlinesEndTheHeldPart, .deadlineEndsAll, "the deadline ends what is allocated too"),
        bug(InventoryLaws.deadlinesEndTheHeldPart, .allocatesRestOfExpired, "what is left passes for all"),
    ]
    private static let backorders: [Planted] = [
        bug(InventoryLaws.backordersHaveALimit, .promisesPastLimit, "each request has the whole limit"),
        bug(InventoryLaws.backordersHaveALimit, .limitOfAllLocations, "all locations share the limit"),
        bug(InventoryLaws.backordersAreNotOversold, .checksThenTakes, "the limit is checked first"),
        bug(InventoryLaws.backordersAreFilledInOrder, .fillsByID, "the lowest id is filled first"),
        bug(InventoryLaws.backordersAreFilledInOrder, .fillsLastFirst, "who came last is filled first"),
        bug(InventoryLaws.backordersAreNotShipped, .shipsAwaited, "what is not there passes for shipped"),
        bug(InventoryLaws.backordersGiveRoomBack, .keepsRoom, "promises that have ended still count"),
        bug(InventoryLaws.backordersLeaveSafetyStock, .fillsSafetyStock, "safety stock is given to who waits"),
    ]
    private static let terms: [Planted] = [
        bug(InventoryLaws.safetyStockIsKept, .sellsSafetyStock, "safety stock is sold"),
        bug(InventoryLaws.membersHaveALimit, .limitNotGivenBack, "what is given back still counts"),
        bug(InventoryLaws.membersHaveALimit, .limitGivenBackTwice, "what is given back counts twice"),
        bug(InventoryLaws.membersHaveALimit, .limitPerLocation, "what a member has does not count"),
        bug(InventoryLaws.limitsCountFromTheirStart, .keepsCounting, "an earlier limit counts on"),
        bug(InventoryLaws.limitsHoldAtOnce, .checksThenTakes, "the limit is checked first and counted later"),
        bug(InventoryLaws.purchasesHaveASize, .sizePerLine, "each line is a purchase"),
        bug(InventoryLaws.salesHaveAWindow, .windowClosesLate, "the sale is open for a microsecond more"),
        bug(InventoryLaws.salesHaveAWindow, .windowOpensLate, "the sale opens a microsecond late"),
        bug(InventoryLaws.contradictoryTermsAreRefused, .takesAnyTerms, "terms are not checked"),
    ]
    private static let changes: [Planted] = [
        bug(InventoryLaws.changesMoveTheirParts, .arrivalStaysAnnounced, "what has arrived is still on its way"),
        bug(InventoryLaws.changesTakeWhatIsThere, .takesPromised, "promised units are taken"),
        bug(InventoryLaws.changesCanBeRepeated, .changesAgain, "a repeated change counts again"),
        bug(InventoryLaws.changesCanBeRepeated, .ignoresChangeContent, "the content of a repetition is not compared"),
        bug(InventoryLaws.transfersAreOneStep, .transfersInTwoSteps, "a transfer is two steps"),
        bug(InventoryLaws.changesAddUpAtOnce, .losesUpdates, "a level is read first and written later"),
    ]
    private static let movements: [Planted] = [
        bug(InventoryLaws.movementsAddUp, .losesExpiries, "an expiry writes no movement"),
        bug(InventoryLaws.changesHaveOneMovement, .writesSalesTwice, "a sale writes its movement twice"),
        bug(InventoryLaws.changesHaveOneMovement, .dropsReference, "movements have no reference"),
        bug(InventoryLaws.movementsArePaged, .skipsAtPageEnd, "a cursor passes over the next movement"),
        bug(InventoryLaws.readersMissNothing, .arrivesLate, "a movement appears before the last one"),
        bug(InventoryLaws.openReservationsArePaged, .losesOpenAtPageEnd, "a page ends behind the next reservation"),
    ]
    private static let bounds: [Planted] = [
        bug(InventoryLaws.keysAreBytes, .foldsKeys, "composed and decomposed keys are one"),
        bug(InventoryLaws.keysAreBytes, .joinsKeys, "a SKU and its location run together"),
        bug(InventoryLaws.keyLengthsAreKept, .truncatesKeys, "the end of a long SKU does not count"),
        bug(InventoryLaws.extremesAreHarmless, .clampsFigures, "what is too much is cut"),
        bug(InventoryLaws.largestReservationsWork, .takesFewLines, "only the first 500 lines are set aside"),
        bug(InventoryLaws.locationsAreBounded, .locationsUnbounded, "locations are not counted"),
    ]
    private static let callers: [Planted] = [
        bug(InventoryLaws.connectionsAgree, .remembersTerms, "a connection goes by the terms it saw first"),
        bug(InventoryLaws.cancelledCallersLeaveNoHalves, .cancelledHalfway, "a cancelled caller leaves half a step"),
    ]

    static let durable = [
        PlantedBug(DurableInventoryLaws.stockOutlivesRestarts, "a process that starts anew knows nothing") {
            let books = Shared(FlawedBooks(flaw: nil))
            return InventorySite(restart: { FlawedInventory(Shared(FlawedBooks(flaw: nil))) }) {
                FlawedInventory(books)
            }
        }
    ]
}
