import MarketplaceCore

extension Member {
    func signUp(
        _ id: MemberID,
        _ consents: Set<MemberConsent>,
        _ command: Command
    ) throws(MemberRejection) -> [MemberEvent] {
        try refuseStrangers(command, owner: id)
        if let existing = self.id {
            guard existing == id, status == .signedUp, Set(self.consents.keys) == consents else {
                throw .alreadySignedUp(existing)
            }
            // Whoever may never ask for it is told so, also when it was asked for before.
            if !Self.lifecycle.roles(of: .signUp).contains(command.actor.role) { try check(.signUp, command) }
            return []
        }
        try check(.signUp, command)
        let given = MemberConsent.allCases.filter(consents.contains)
        return [.created(MemberCreated(memberID: id, consents: given, by: command.actor, at: command.time))]
    }

    func verify(_ id: MemberID, _ command: Command) throws(MemberRejection) -> [MemberEvent] {
        if isRepeated(.verify, of: .verified, command) { return [] }
        try check(.verify, command)
        return [.verified(MemberVerified(memberID: id, by: command.actor, at: command.time))]
    }

    func update(
        _ id: MemberID,
        _ fields: Set<MemberField>,
        _ command: Command
    ) throws(MemberRejection) -> [MemberEvent] {
        try check(.update, command)
        guard !fields.isEmpty else { return [] }
        let changed = MemberField.allCases.filter(fields.contains)
        return [.updated(MemberUpdated(memberID: id, fields: changed, by: command.actor, at: command.time))]
    }

    func setConsent(
        _ id: MemberID,
        _ consent: MemberConsent,
        _ isGiven: Bool,
        _ command: Command
    ) throws(MemberRejection) -> [MemberEvent] {
        try check(.consent, command)
        guard consents(to: consent) != isGiven else { return [] }
        return [
            .consentChanged(
                MemberConsentChanged(
                    memberID: id,
                    consent: consent,
                    isGiven: isGiven,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func setRoles(
        _ id: MemberID,
        _ roles: Set<MemberRole>,
        _ command: Command
    ) throws(MemberRejection) -> [MemberEvent] {
        try check(.changeRoles, command)
        guard roles.count <= Self.maximumRoles else {
            throw .tooManyRoles(count: roles.count, maximum: Self.maximumRoles)
        }
        guard roles != self.roles else { return [] }
        return [
            .rolesChanged(
                MemberRolesChanged(memberID: id, roles: roles.sorted(), by: command.actor, at: command.time)
            )
        ]
    }

    func changeCredential(
        _ id: MemberID,
        _ credential: MemberCredential,
        _ command: Command
    ) throws(MemberRejection) -> [MemberEvent] {
        try check(.changeCredential, command)
        return [
            .credentialChanged(
                MemberCredentialChanged(
                    memberID: id,
                    credential: credential,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func join(_ id: MemberID, _ school: PartnerSchoolID, _ command: Command) throws(MemberRejection) -> [MemberEvent] {
        try check(.joinSchool, command)
        guard !schools.contains(school) else { return [] }
        guard schools.count < Self.maximumSchools else { throw .tooManySchools(maximum: Self.maximumSchools) }
        return [
            .schoolJoined(
                MemberSchoolJoined(memberID: id, schoolID: school, by: command.actor, at: command.time)
            )
        ]
    }

    func leave(_ id: MemberID, _ school: PartnerSchoolID, _ command: Command) throws(MemberRejection) -> [MemberEvent] {
        try check(.leaveSchool, command)
        guard schools.contains(school) else { return [] }
        return [.schoolLeft(MemberSchoolLeft(memberID: id, schoolID: school, by: command.actor, at: command.time))]
    }

    func disable(
        _ id: MemberID,
        _ reason: MemberDisableReason,
        _ command: Command
    ) throws(MemberRejection) -> [MemberEvent] {
        if isRepeated(.disable, of: .disabled, command) { return [] }
        try check(.disable, command)
        return [.disabled(MemberDisabled(memberID: id, reason: reason, by: command.actor, at: command.time))]
    }

    func reinstate(_ id: MemberID, _ command: Command) throws(MemberRejection) -> [MemberEvent] {
        if isRepeated(.reinstate, of: isEmailVerified ? .verified : .signedUp, command) { return [] }
        try check(.reinstate, command)
        return [.reinstated(MemberReinstated(memberID: id, by: command.actor, at: command.time))]
    }

    func erase(_ id: MemberID, _ command: Command) throws(MemberRejection) -> [MemberEvent] {
        if isRepeated(.erase, of: .erased, command) { return [] }
        try check(.erase, command)
        return [.erased(MemberErased(memberID: id, by: command.actor, at: command.time))]
    }

    func refuseStrangers(_ command: Command, owner: MemberID) throws(MemberRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: owner)
        } catch {
            throw .forbidden(error)
        }
    }

    private func isRepeated(_ move: MemberMove, of target: MemberStatus, _ command: Command) -> Bool {
        status == target && Self.lifecycle.roles(of: move).contains(command.actor.role)
    }

    private func check(_ move: MemberMove, _ command: Command) throws(MemberRejection) {
        let facts: Set<TransitionFact> = isEmailVerified ? [.emailVerified] : []
        do throws(TransitionRefusal<MemberStatus, MemberMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
        } catch {
            throw .move(error)
        }
    }
}
