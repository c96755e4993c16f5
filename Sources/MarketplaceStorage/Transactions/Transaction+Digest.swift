public import MarketplaceCore

extension Transaction {
    /// A digest of everything but the id, by which a store tells a repetition from a reused id.
    ///
    /// It is the same on every machine and in every release; not cryptographic (see ``ContentDigest``).
    public var contentDigest: ContentDigest.Value {
        var digest = ContentDigest()
        digest.combine(time.microsecondsSinceEpoch)
        for guarded in guards { guarded.combine(into: &digest) }
        for append in appends { append.combine(into: &digest) }
        for write in writes { write.combine(into: &digest) }
        for delete in deletes {
            digest.combine(UInt64(5))
            delete.key.combine(into: &digest)
            delete.expected.combine(into: &digest)
        }
        for add in counterAdds {
            digest.combine(UInt64(6))
            digest.combine(add.key.text)
            digest.combine(add.delta)
            digest.combine(add.floor)
            digest.combine(add.ceiling)
        }
        for key in counterDeletes {
            digest.combine(UInt64(7))
            digest.combine(key.text)
        }
        for trim in trims {
            digest.combine(UInt64(8))
            trim.stream.combine(into: &digest)
            switch trim {
            case .whole: digest.combine(UInt64(0))
            case .before(let version, _):
                digest.combine(UInt64(1))
                digest.combine(version.value)
            }
        }
        return digest.value
    }
}

extension ContentDigest {
    fileprivate mutating func combine(_ number: Int64?) {
        combine(UInt64(number == nil ? 0 : 1))
        if let number { combine(number) }
    }
}

extension StreamID {
    fileprivate func combine(into digest: inout ContentDigest) {
        digest.combine(category.text)
        digest.combine(key.text)
    }
}

extension DocumentKey {
    fileprivate func combine(into digest: inout ContentDigest) {
        digest.combine(collection.text)
        digest.combine(id.text)
    }
}

extension ExpectedRevision {
    fileprivate func combine(into digest: inout ContentDigest) {
        switch self {
        case .any: digest.combine(UInt64(0))
        case .absent: digest.combine(UInt64(1))
        case .exactly(let revision):
            digest.combine(UInt64(2))
            digest.combine(revision.value)
        }
    }
}

extension TransactionGuard {
    fileprivate func combine(into digest: inout ContentDigest) {
        switch self {
        case .stream(let stream, let version):
            digest.combine(UInt64(1))
            stream.combine(into: &digest)
            digest.combine(version.value)
        case .document(let key, let revision):
            digest.combine(UInt64(2))
            key.combine(into: &digest)
            digest.combine(revision?.value)
        case .fence(let key, let token):
            digest.combine(UInt64(3))
            digest.combine(key.text)
            digest.combine(token.value)
        }
    }
}

extension StreamAppend {
    fileprivate func combine(into digest: inout ContentDigest) {
        digest.combine(UInt64(4))
        stream.combine(into: &digest)
        switch expected {
        case .any: digest.combine(UInt64(0))
        case .exactly(let version):
            digest.combine(UInt64(1))
            digest.combine(version.value)
        }
        digest.combine(UInt64(events.count))
        for event in events {
            digest.combine(event.id.bits)
            digest.combine(event.name)
            digest.combine(Int64(event.schemaVersion))
            digest.combine(event.payload)
            digest.combine(event.command?.text ?? "")
            digest.combine(event.commandDigest?.bits ?? 0)
            let headers = event.headers.sorted
            digest.combine(UInt64(headers.count))
            for (name, value) in headers {
                digest.combine(name)
                digest.combine(value)
            }
        }
    }
}

extension DocumentWrite {
    fileprivate func combine(into digest: inout ContentDigest) {
        digest.combine(UInt64(9))
        key.combine(into: &digest)
        expected.combine(into: &digest)
        digest.combine(body)
        // Numbers and kinds go in first: without them a number and a text, or an entry and a unique key, could meet.
        digest.combine(UInt64(indexEntries.count))
        for entry in indexEntries {
            digest.combine(entry.index)
            digest.combine(UInt64(entry.values.count))
            for value in entry.values {
                switch value {
                case .integer(let number):
                    digest.combine(UInt64(0))
                    digest.combine(number)
                case .text(let text):
                    digest.combine(UInt64(1))
                    digest.combine(text)
                }
            }
        }
        digest.combine(UInt64(uniqueKeys.count))
        for key in uniqueKeys { digest.combine(key.text) }
    }
}
