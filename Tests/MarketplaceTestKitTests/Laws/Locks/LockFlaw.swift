/// What is wrong with a ``FlawedLocks``.
enum LockFlaw: Hashable, Sendable {
    // Leases
    case reentrant, caseFolded, releasesLate, endsLate, endsEarly, hopeful, unchecked, wallClock, checksThenTakes
    case renewsByWord, renewsAnything, renewsFirstKeyOnly, locksFirstKeysOnly
    // Tokens
    case tokenGoneWithTheRow, tokenOfTheFirstKey, tokenKeptAtTakeOver
    // Whose lease it is
    case releasesByKey
    // Waiting
    case waitsAlways, waitsLonger, givesUpEarly, sleepsThrough, expiryUnseen, losesWakeUps
    case staysWhenCancelled, cancelledTakesAlong, cancelledBeforeTakes
    // Several keys
    case keepsPart, oneByOne
    // Order
    case lastComeFirst, unfairOnSeveralKeys
    // Failing requests
    case refusalIsUnknown, unknownIsBusy, unknownIsAcquired, failedRenewalIsLoss, failedReleaseIsSilent
}
