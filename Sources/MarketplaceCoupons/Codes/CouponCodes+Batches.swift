public import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

extension CouponCodes {
    /// Generates a batch of single-use codes, or goes on with one where it was left.
    ///
    /// Codes are made in chunks of 1,000, a commit each, which says how far it is; a call that is cancelled or fails
    /// leaves whole chunks, and the next call with the same id goes on, in any process. A chunk and how far the batch is
    /// stand in one commit, so that no code is made twice and none is missing. Codes come from the source of randomness
    /// alone: nothing is stored that they could be computed from.
    ///
    /// - Parameters:
    ///   - id: The batch, chosen by the caller.
    ///   - campaign: What the codes are for.
    ///   - count: How many, 1 to ``CouponLimits/codesPerBatch``.
    ///   - time: When it is begun.
    ///   - onProgress: Is told how far it is after each chunk.
    /// - Returns: The batch, complete.
    /// - Throws: `batchMismatch`, `badBatchSize`, `unknownCampaign`, `closed`; a cancelled call ends as not applied.
    @discardableResult
    public func generate(
        _ id: CodeBatchID,
        for campaign: CampaignID,
        count: Int,
        at time: Timestamp,
        onProgress: (CodeBatch) async -> Void = { _ in }
    ) async throws(CouponError) -> CodeBatch {
        guard (1...CouponLimits.codesPerBatch).contains(count) else {
            throw .refused(.badBatchSize(count, maximum: CouponLimits.codesPerBatch))
        }
        while true {
            let (batch, isNews) = try await archive.attempting { () async throws(CouponError) -> (CodeBatch, Bool)? in
                let stored = try await begun(id, for: campaign, count: count, at: time)
                guard let stored else { return nil }
                guard !stored.value.batch(id).isComplete else { return (stored.value.batch(id), false) }
                if Task.isCancelled {
                    throw .failed(.notApplied(StoreFailure(.cancelled, "after \(stored.value.made) codes")))
                }
                return try await makeChunk(of: id, stored).map { ($0, true) }
            }
            if isNews { await onProgress(batch) }
            if batch.isComplete { return batch }
        }
    }

    /// How far a batch is; nil when it was never begun.
    public func batch(_ id: CodeBatchID) async throws(CouponError) -> CodeBatch? {
        try await archive.read(CouponKeySpace.batch(id), as: CodeBatchDocument.self)?.value.batch(id)
    }

    /// The codes of a batch, in the order in which they were generated, to be printed or sent; those that were used or
    /// exchanged are among them.
    ///
    /// - Parameters:
    ///   - id: The batch.
    ///   - count: How many codes come before; ``CodeBatchSlice/next`` of the page before.
    ///   - limit: The most codes, 1 to ``CouponLimits/pageSize``.
    /// - Returns: One page; an unknown batch has no codes.
    /// - Throws: When the store fails.
    public func codes(
        of id: CodeBatchID,
        after count: Int = 0,
        limit: Int
    ) async throws(CouponError) -> CodeBatchSlice {
        let limit = CouponLimits.clamped(limit: limit)
        let slice = try await archive.documents(
            matching: .indexed(
                CouponKeySpace.codes,
                by: CodeDocument.batchIndex,
                prefix: [.text(id.description)],
                atLeast: .integer(Int64(max(0, count))),
                limit: limit
            )
        )
        let codes: [CouponCode] = slice.documents.map { $0.key.id.retyped() }
        return CodeBatchSlice(codes: codes, next: codes.count < limit ? nil : max(0, count) + codes.count)
    }

    /// The batch as it is, begun now when it was not; nil when others were faster.
    private func begun(
        _ id: CodeBatchID,
        for campaign: CampaignID,
        count: Int,
        at time: Timestamp
    ) async throws(CouponError) -> StoredValue<CodeBatchDocument>? {
        let key = CouponKeySpace.batch(id)
        if let stored = try await archive.read(key, as: CodeBatchDocument.self) {
            let batch = stored.value
            guard batch.campaign == campaign, batch.count == count, batch.format == format else {
                throw .refused(.batchMismatch(id))
            }
            return stored
        }
        try await archive.checkNotClosed(campaign)
        let document = CodeBatchDocument(
            campaign: campaign,
            count: count,
            format: format,
            createdAt: time
        )
        var transaction = Transaction(id: TransactionID(derivedFrom: "coupon batch", id.description), time: time)
        transaction.write(DocumentWrite(key, body: try archive.encoded(document), expecting: .absent))
        _ = try await archive.commit(transaction)
        return nil
    }

    /// Makes the next chunk of a batch; nil when others were faster, or when a code exists already: then others are
    /// drawn.
    private func makeChunk(
        of id: CodeBatchID,
        _ stored: StoredValue<CodeBatchDocument>
    ) async throws(CouponError) -> CodeBatch? {
        var next = stored.value
        let first = next.made
        next.made = min(next.count, first + Self.chunkSize)
        let codes = try drawn(next.made - first)
        // Other codes are another transaction, also for the same chunk: the revision of the batch admits one of them.
        var transaction = Transaction(
            id: TransactionID(derivedFrom: "coupon batch", id.description, String(first), codes.first?.text ?? ""),
            time: next.createdAt
        )
        transaction.write(
            DocumentWrite(
                CouponKeySpace.batch(id),
                body: try archive.encoded(next),
                expecting: .exactly(stored.revision)
            )
        )
        for (offset, code) in codes.enumerated() {
            let document = CodeDocument(kind: .coupon, campaign: next.campaign, batch: id, number: first + offset)
            try archive.write(document, of: code, expecting: .absent, to: &transaction)
        }
        switch try await archive.commit(transaction) {
        case .done: return next.batch(id)
        case .contended, .bound: return nil
        }
    }

    /// So many different codes, drawn at random.
    private func drawn(_ count: Int) throws(CouponError) -> [CouponCode] {
        var codes: [CouponCode] = []
        var known: Set<CouponCode> = []
        var misses = 0
        while codes.count < count {
            let code = format.code(from: random)
            if known.insert(code).inserted {
                codes.append(code)
                continue
            }
            // Among a thousand of 2^39 codes or more there are no two that are equal, unless the source is broken.
            misses += 1
            guard misses <= count else { throw .contended(attempts: misses) }
        }
        return codes
    }
}

extension CouponCodeFormat {
    /// A code of random characters, each as likely as the others.
    func code(from random: any RandomSource) -> CouponCode {
        var values: [Int] = []
        values.reserveCapacity(length - 1)
        for _ in 1..<length { values.append(Int(random.next(through: UInt64(Self.modulus - 1)))) }
        return Self.code(of: values)
    }
}
