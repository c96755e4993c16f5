extension CommandRule {
    /// The rules of returns.
    static let returns = [
        requestReturn, approveReturn, rejectReturn, cancelReturn, expireReturn, sendReturn, receiveReturn,
        completeReturn, settleReturn, retryReturnRefund, readReturn, eraseReturnNotes,
    ]

    /// Ask for a return.
    static let requestReturn = CommandRule("return.request", by: .owner, .operator)
    /// Agree to a return.
    static let approveReturn = CommandRule("return.approve", by: .seller, .operator, .system)
    /// Disagree with a return.
    static let rejectReturn = CommandRule("return.reject", by: .seller, .operator)
    /// Change one's mind about a return.
    static let cancelReturn = CommandRule("return.cancel", by: .owner, .operator)
    /// Give up a return whose goods were not sent in time.
    static let expireReturn = CommandRule("return.expire", by: .system)
    /// Take note that the goods of a return are on their way.
    static let sendReturn = CommandRule("return.send", by: .owner, .operator, .system)
    /// Take the goods of a return in.
    static let receiveReturn = CommandRule("return.receive", by: .seller, .operator, .system)
    /// Fix what a return gives back.
    static let completeReturn = CommandRule("return.complete", by: .system)
    /// Take note that all has happened that a return leads to.
    static let settleReturn = CommandRule("return.settle", by: .system)
    /// Ask the gateway anew for a refund that it has refused.
    package static let retryReturnRefund = CommandRule("return.retryRefund", by: .operator)
    /// See a return and what its buyer wrote.
    package static let readReturn = CommandRule("return.read", by: .owner, .seller, .operator, .system)
    /// Erase what a member wrote about returns.
    package static let eraseReturnNotes = CommandRule("return.eraseNotes", by: .owner, .operator, .system)
}

extension ReturnAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .request: .requestReturn
        case .approve: .approveReturn
        case .reject: .rejectReturn
        case .cancel: .cancelReturn
        case .expire: .expireReturn
        case .send: .sendReturn
        case .receive: .receiveReturn
        case .complete: .completeReturn
        case .settle: .settleReturn
        }
    }
}
