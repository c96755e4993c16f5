import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension MailDesk {
    /// Takes one mail up, hands it over and records how that ended; false when another desk was faster or it failed.
    func send(_ stored: StoredValue<MailDocument>, _ id: MailNoticeID) async throws(MembersError) -> Bool {
        var notice = stored.value
        notice.attempts += 1
        notice.due = archive.now.advanced(by: configuration.claim)
        guard try await save(notice, id, at: stored.revision) else { return false }
        let key = DocumentKey(MemberKeySpace.notices, id)
        guard let claimed = try await archive.read(key, as: MailDocument.self), claimed.value == notice else {
            return false
        }
        guard let mail = try await mail(of: notice) else {
            // The member is erased: there is nobody to write to.
            var transaction = archive.transaction()
            transaction.delete(key, expecting: .exactly(claimed.revision))
            _ = try await archive.perform(transaction)
            return false
        }
        do throws(MailError) {
            try await handOver(mail, of: id, isResumed: notice.attempts > 1)
        } catch {
            return try await finish(notice, id, at: claimed.revision, failure: error)
        }
        return try await finish(notice, id, at: claimed.revision, failure: nil)
    }

    private func handOver(_ mail: OutgoingMail, of id: MailNoticeID, isResumed: Bool) async throws(MailError) {
        let key = IdempotencyKey(unchecked: "mail/\(id)")
        if isResumed, let probe, try await probe(key) { return }
        try await gateway.send(mail, key: key)
    }

    /// Writes a notice; false when others were faster.
    func save(
        _ notice: MailDocument,
        _ id: MailNoticeID,
        at revision: DocumentRevision
    ) async throws(MembersError) -> Bool {
        var transaction = archive.transaction()
        transaction.write(try notice.write(id, expecting: .exactly(revision), in: archive))
        return try await archive.perform(transaction)
    }

    private func mail(of notice: MailDocument) async throws(MembersError) -> OutgoingMail? {
        let stored = try await archive.read(MemberKeySpace.profile(notice.member), as: ProfileDocument.self)
        guard let profile = stored?.value.profile else { return nil }
        var values = notice.values
        values["member"] = notice.member.description
        if let secret = notice.secret { values["link"] = secret }
        return OutgoingMail(
            to: notice.address ?? profile.email,
            name: profile.name,
            language: profile.language,
            template: notice.template,
            values: values
        )
    }

    /// Records how an attempt ended; whoever lost the claim meanwhile records nothing.
    private func finish(
        _ claimed: MailDocument,
        _ id: MailNoticeID,
        at revision: DocumentRevision,
        failure: MailError?
    ) async throws(MembersError) -> Bool {
        var notice = claimed
        notice.failure = failure?.description
        if let failure {
            notice.isInDoubt = notice.isInDoubt || failure.effect == .unknown
            let pause = configuration.retrying.pause(afterFailures: notice.attempts, random: randomness.next())
            if failure.isRetriable, let pause {
                notice.due = archive.now.advanced(by: pause)
            } else {
                notice.state = .failed
                notice.due = archive.now
            }
        } else {
            notice.state = .sent
            notice.secret = nil
            notice.address = nil
            notice.due = archive.now
        }
        _ = try await save(notice, id, at: revision)
        tell(notice, failure)
        return failure == nil
    }

    private func tell(_ notice: MailDocument, _ failure: MailError?) {
        let observer = archive.environment.observer
        if let failure {
            observer.record(
                MailFailed(template: notice.template, error: failure, isGivenUp: notice.state == .failed)
            )
        } else {
            observer.record(MailSent(template: notice.template, attempts: notice.attempts))
        }
    }
}
