/// What is wrong with a ``FlawedInventory``.
enum InventoryFlaw: String, Sendable, CaseIterable {
    case keepsMetLines, checksLinesAlone, checksThenTakes, repetitionMovesDeadline, ignoresContent, knowsEverySKU
    case unchecked
    case shipsHeld, repetitionWritesMovement, forgetsTombstone, forgetsEnded, unknownIsReleased
    case endsLate, endsEarly, allocatesExpired, waitsForSweep, changesWaitForSweep, extendsExpired, extendsBackwards,
        ignoresSweepLimit
    case expiresTwice
    case portionsAddUp, portionsAreClamped, releasesAllocatedFirst, deadlineEndsAll, allocatesRestOfExpired
    case promisesPastLimit, limitOfAllLocations, fillsByID, fillsLastFirst, shipsAwaited, keepsRoom, fillsSafetyStock
    case sellsSafetyStock, limitNotGivenBack, limitGivenBackTwice, limitPerLocation, keepsCounting, sizePerLine
    case windowClosesLate, windowOpensLate, takesAnyTerms
    case arrivalStaysAnnounced, takesPromised, changesAgain, ignoresChangeContent, transfersInTwoSteps, losesUpdates
    case losesExpiries, writesSalesTwice, dropsReference, skipsAtPageEnd, arrivesLate, losesOpenAtPageEnd
    case foldsKeys, joinsKeys, truncatesKeys, clampsFigures, takesFewLines, locationsUnbounded
    case remembersTerms, cancelledHalfway
}
