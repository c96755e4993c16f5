public import MarketplaceCore

/// What has to hold for a promotion to apply.
///
/// What a condition on goods sees, original prices or those left after earlier promotions, is for the policy
/// (``PricingPolicy/conditionBase``), and units an earlier promotion has used up may not count again
/// (``PricingPolicy/consumption``).
public indirect enum PromotionCondition: Sendable, Hashable {
    /// Nothing is asked for.
    case always
    /// All of them hold.
    case all([PromotionCondition])
    /// At least one of them holds.
    case any([PromotionCondition])
    /// It does not hold.
    case not(PromotionCondition)
    /// The goods come to so much together.
    case total(AmountRange, of: LineFilter = .every)
    /// There are so many units.
    case quantity(CountRange, of: LineFilter = .every)
    /// There are so many different products; lines without one count as one each.
    case distinctProducts(CountRange, of: LineFilter = .every)
    /// The buyer is a member, not a guest.
    case member
    /// The member is in one of these groups.
    case groups([String])
    /// It is the member's so-manieth order; the first has number 1.
    case orderNumber(CountRange)
    /// The member has verified an e-mail address in one of these domains, or in a domain below one of them.
    case emailDomains([String])
    /// The goods go to one of these countries, as ISO 3166-1 alpha-2 codes.
    case countries([String])
    /// It will be paid in one of these ways.
    case paymentMethods([String])
    /// The basket is in one of these currencies.
    case currencies([Currency])
    /// It is now within the period.
    case period(PromotionPeriod)
    /// It is one of these days, where local time is so far ahead of UTC.
    case weekdays([Weekday], UTCOffset)
    /// It is between two times of day; when the end is not behind the start, it is the next day's.
    case hours(from: TimeOfDay, until: TimeOfDay, UTCOffset)
    /// A fact about the buyer passes the test.
    case attribute(String, AttributeTest)
}
