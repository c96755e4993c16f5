public import MarketplaceCore

/// Why a promotion does not apply, with the facts.
public indirect enum PromotionRefusal: EffectStating, Hashable {
    /// It is not in use.
    case inactive
    /// It starts later.
    case notStarted(Timestamp)
    /// It has ended.
    case ended(Timestamp)
    /// It needs a code, and none was entered that brings it.
    case codeNotEntered
    /// Its amounts are in another currency than the basket.
    case wrongCurrency(promotion: Currency, basket: Currency)
    /// The goods come to another amount than it asks for.
    case total(found: Money, wanted: AmountRange)
    /// There are other numbers of units than it asks for.
    case quantity(found: Int, wanted: CountRange)
    /// There are other numbers of different products than it asks for.
    case distinctProducts(found: Int, wanted: CountRange)
    /// The buyer is a guest.
    case notAMember
    /// The member is in none of the groups.
    case groups(wanted: [String])
    /// It is another order of the member's, or it is not known which.
    case orderNumber(found: Int?, wanted: CountRange)
    /// The member has verified no address in one of the domains.
    case emailDomains(wanted: [String])
    /// The goods go to another country.
    case country(found: String?, wanted: [String])
    /// It will be paid in another way.
    case paymentMethod(found: String?, wanted: [String])
    /// The basket is in another currency.
    case currency(found: Currency, wanted: [Currency])
    /// It is now outside the period that its condition names.
    case outsidePeriod(PromotionPeriod)
    /// It is another day of the week.
    case weekday(found: Weekday, wanted: [Weekday])
    /// It is another time of day.
    case timeOfDay(from: TimeOfDay, until: TimeOfDay)
    /// A fact about the buyer does not pass.
    case attribute(name: String, found: String?, wanted: AttributeTest)
    /// None of several conditions holds, each for its reason.
    case noneHolds([PromotionRefusal])
    /// A condition holds that must not.
    case excluded(PromotionCondition)
    /// No line is in its scope, or their units are used up by other promotions.
    case noMatchingLines
    /// There are too few units for one repetition, or one bundle.
    case tooFewUnits(found: Int, wanted: Int)
    /// The goods, or shipping, come to less than the lowest tier starts from.
    case tierAmountNotReached(found: Money, lowest: Money)
    /// There are fewer units than the lowest tier starts from.
    case tierQuantityNotReached(found: Int64, lowest: Int64)
    /// There is nothing it could take off.
    case nothingToTakeOff
    /// It has a limit for each member, or each value of a fact, and the buyer has none.
    case buyerUnknown(attribute: String?)
    /// It has been used as often as it may.
    case limitReached(QuotaClaim.Quota, limit: Int64, used: Int64)
    /// Its discount is more than what is left of its budget.
    case budgetExhausted(limit: Money, spentMinor: Int64, wanted: Money)
    /// It does not go together with one that applies.
    case doesNotCombine(with: PromotionID)
    /// An exclusive one applies, which leaves no other.
    case excludedBy(PromotionID)
    /// Another of its class applies, of which there is only one.
    case oneOfItsClass(StackingClass, applied: PromotionID)
    /// Its code, or one beside it, is to be used alone.
    case usedAlone(with: [CouponCode])
    /// As many codes as there may be bring something already.
    case tooManyCodes(maximum: Int)
    /// The buyer pays less without it, or with others in its place.
    case notInBestCombination

    /// Nothing happens, and the same basket has the same answer.
    public var effect: EffectOutcome { .refused }
}
