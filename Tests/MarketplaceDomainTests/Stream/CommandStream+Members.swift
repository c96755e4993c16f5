import MarketplaceCore
import MarketplaceDomain
import TestSupport

extension CommandStream {
    mutating func commandMember() throws {
        let member = try subject(of: \.members) { stream in
            let id = MemberID(bits: stream.nextNumber())
            let consents: Set<MemberConsent> = stream.happens(onceIn: 2) ? [.marketing] : []
            return StreamSubject(.signUp(id: id, consents: consents), owner: id, invariant: Self.problem(of:))
        }
        try give(memberAction(of: member), to: member)
    }

    private mutating func memberAction(of member: StreamSubject<Member, MemberAction>) -> MemberAction {
        let school = PartnerSchoolID(bits: UInt128(run.natural(through: 9)))
        switch member.root.status == nil ? 0 : run.natural(through: 17) {
        case 0: return member.birth
        case 1, 2: return .verify
        case 3: return .update(happens(onceIn: 4) ? [] : [run.element(of: MemberField.allCases)])
        case 4, 5: return .setConsent(run.element(of: MemberConsent.allCases), isGiven: happens(onceIn: 2))
        case 6, 7:
            let count = happens(onceIn: 5) ? Member.maximumRoles + 1 : run.natural(through: 2)
            return .setRoles(Set((0..<count).map { Example.key("role", $0) }))
        case 8: return .changeCredential(run.element(of: MemberCredential.allCases))
        case 9...12: return .joinSchool(school)
        case 13: return .leaveSchool(member.root.schools.min() ?? school)
        case 14: return .disable(run.element(of: MemberDisableReason.allCases))
        case 15, 16: return .reinstate
        default: return happens(onceIn: 3) ? .erase : .verify
        }
    }

    private static func problem(of member: Member) -> String? {
        guard member.roles.count <= Member.maximumRoles, member.schools.count <= Member.maximumSchools else {
            return "a member has too many roles or schools"
        }
        switch member.status {
        case .verified where !member.isEmailVerified: return "a member is verified without an address"
        case .disabled where member.disableReason == nil: return "a member is disabled for nothing"
        case .erased where !member.roles.isEmpty || !member.schools.isEmpty: return "an erased member may do something"
        default: return nil
        }
    }
}

extension CommandStream {
    mutating func commandSeller() throws {
        let account = try subject(of: \.sellers) { stream in
            let (owner, seller) = (stream.anyOwner(), SellerID(bits: stream.nextNumber()))
            let enterprise = stream.happens(onceIn: 2) ? EnterpriseID(bits: stream.nextNumber()) : nil
            return StreamSubject(.apply(id: seller, owner: owner, enterprise: enterprise), owner: owner, seller: seller)
            { account in
                (account.status == .suspended) == (account.suspension != nil)
                    && (account.status == .closed) == (account.closing != nil)
                    ? nil : "a seller is \(account.status.debugDescription) for nothing"
            }
        }
        let action: SellerAccountAction
        switch account.root.status == nil ? 0 : run.natural(through: 9) {
        case 0: action = account.birth
        case 1...3: action = .verify(isEnterpriseVerified: happens(onceIn: 2))
        case 4, 5: action = .suspend(run.element(of: SellerSuspensionReason.allCases))
        case 6...8: action = .reinstate(isEnterpriseVerified: happens(onceIn: 2))
        default: action = .close(run.element(of: SellerClosingReason.allCases))
        }
        try give(action, to: account)
    }

    mutating func commandEnterprise() throws {
        let enterprise = try subject(of: \.enterprises) { stream in
            let owner = stream.anyOwner()
            return StreamSubject(.register(id: EnterpriseID(bits: stream.nextNumber()), owner: owner), owner: owner)
        }
        let action: EnterpriseAction
        switch enterprise.root.status == nil ? 0 : run.natural(through: 6) {
        case 0: action = enterprise.birth
        case 1, 2: action = .verify
        case 3, 4: action = .reject(run.element(of: EnterpriseRejectionReason.allCases))
        default: action = .resubmit
        }
        try give(action, to: enterprise)
    }

    mutating func commandSchool() throws {
        let school = try subject(of: \.schools) { stream in
            let domain = stream.happens(onceIn: 6) ? "no domain" : "school.example"
            return StreamSubject(.add(id: PartnerSchoolID(bits: stream.nextNumber()), domain: domain))
        }
        try give(happens(onceIn: 2) ? .end : school.birth, to: school)
    }
}

extension CommandStream {
    mutating func commandCart() throws {
        if carts.isEmpty || happens(onceIn: 60) { carts = [StreamCart(), StreamCart()] }
        // Much is tried out in a cart.
        for _ in 0..<4 { try commandOneCart() }
    }

    private mutating func commandOneCart() throws {
        passTime()
        let place = run.natural(through: carts.count - 1)
        let sku: SKU = Example.key("sku", run.natural(through: 6))
        let code: CouponCode = Example.key("CODE", run.natural(through: 30))
        let action: CartAction
        switch run.natural(through: 16) {
        case 0...3:
            let most = happens(onceIn: 3) ? Quantity.maximum : 3
            action = .add(sku, .units(most))
        case 4, 5: action = .setQuantity(sku, .units(1 + run.natural(through: 4)))
        case 6: action = .remove(sku)
        case 7...13: action = .enterCode(code)
        case 14: action = .withdrawCode(code)
        case 15: action = .acknowledge([sku: Example.won(100)])
        default: action = happens(onceIn: 8) ? .clear : .enterCode(code)
        }
        let key: IdempotencyKey = Example.key("key", Int(nextNumber()))
        note(StreamCart.name(of: action), try carts[place].perform(action, key: key, at: now))
    }
}
