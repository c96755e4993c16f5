public import MarketplaceCore

/// A time in which members can have and use coupons for some promotions.
///
/// It is an aggregate: who paused a campaign and when its limits were raised is asked for later, and the events answer.
/// What is counted (coupons issued, uses) stands on counters and not here, so that buyers never wait for each other.
/// Whether the actor may command it is for the caller to say.
public struct Campaign: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = CampaignCommand
    /// What can happen to it.
    public typealias Event = CampaignEvent
    /// Why a command is refused.
    public typealias Rejection = CouponRefusal
    /// What names one.
    public typealias ID = CampaignID

    /// The category of its event streams.
    public static var category: String { "coupon-campaign" }

    /// Where it stands.
    public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
        /// Its coupons can be had and used, within its period.
        case open
        /// Neither for now.
        case paused
        /// Neither ever again.
        case closed

        /// Where it can go from here.
        public var successors: [Status] {
            switch self {
            case .open: [.paused, .closed]
            case .paused: [.open, .closed]
            case .closed: []
            }
        }
    }

    /// What names it; nil before it is opened.
    public private(set) var id: CampaignID?
    /// What it is about; nil before it is opened.
    public private(set) var terms: CampaignTerms?
    /// Where it stands; nil before it is opened.
    public private(set) var status: Status?

    /// The state before the first event.
    public init() {}

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: CampaignCommand) throws(CouponRefusal) -> [CampaignEvent] {
        guard let id, let status, let terms else {
            guard case .open(let terms) = command.action else { throw .unknownCampaign(command.campaign) }
            try terms.validate()
            return [.opened(CampaignOpened(campaign: command.campaign, terms: terms, by: command.actor))]
        }
        switch command.action {
        case .open(let wanted):
            guard wanted == terms else { throw .campaignExists(id) }
            return []
        case .changeTerms(let wanted):
            guard status != .closed else { throw .closed(id) }
            try wanted.validate()
            if wanted == terms { return [] }
            return [.termsChanged(CampaignTermsChanged(campaign: id, terms: wanted, by: command.actor))]
        case .pause: return try moving(id, from: status, to: .paused, command)
        case .resume: return try moving(id, from: status, to: .open, command)
        case .close: return try moving(id, from: status, to: .closed, command)
        }
    }

    private func moving(
        _ id: CampaignID,
        from status: Status,
        to next: Status,
        _ command: CampaignCommand
    ) throws(CouponRefusal) -> [CampaignEvent] {
        if status == next { return [] }
        guard status.successors.contains(next) else { throw .closed(id) }
        return [.statusChanged(CampaignStatusChanged(campaign: id, from: status, to: next, by: command.actor))]
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: CampaignEvent) {
        switch event {
        case .opened(let opened):
            id = opened.campaign
            terms = opened.terms
            status = .open
        case .termsChanged(let changed): terms = changed.terms
        case .statusChanged(let changed): status = changed.to
        }
    }

    /// Why its codes and coupons cannot be had or used at `time`; nil when they can.
    ///
    /// Its end does not end the use of coupons that are still valid: a coupon has an end of its own.
    func refusal(at time: Timestamp, expiry: Timestamp?) -> CouponRefusal? {
        guard let id, let terms else { return nil }
        switch status {
        case nil, .open: break
        case .paused: return .paused(id)
        case .closed: return .closed(id)
        }
        if time < terms.from { return .notStarted(id, opensAt: terms.from) }
        if expiry == nil, time >= terms.until { return .ended(id, endedAt: terms.until) }
        return nil
    }
}
