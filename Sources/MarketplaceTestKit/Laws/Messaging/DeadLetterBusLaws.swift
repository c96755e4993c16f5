import MarketplaceCore
import MarketplaceStorage

/// A law of ``DeadLetterBus``.
public typealias DeadLetterBusLaw = Law<DeadLetterBusSite>

/// The laws that a ``DeadLetterBus`` keeps besides those of ``MessageBusLaws``.
public enum DeadLetterBusLaws {
    /// All of them.
    public static let all = LawSet([
        deadLettersAreListed, laterMessagesParkBehind, laterMessagesMayWait, requeuedMessagesComeInOrder,
        discardedMessagesLetGo, hopelessMessagesAreGivenUp,
    ])

    /// A dead letter is listed with its reason, page by page.
    public static let deadLettersAreListed = DeadLetterBusLaw(
        "dead.listed",
        "Every dead letter is listed once, with its reason and attempts, in order, in pages of any size, by its group."
    ) { scene in
        let (probe, bus) = (scene.probe, scene.bus)
        let other = MessageSubscription(group: "audit", topics: ["orders"])
        try await probe.bus.subscribe(probe.mail)
        try await probe.bus.subscribe(other)
        for number in 0..<7 { try await probe.publish([number], key: try MessageKey("\(number)")) }
        for delivery in try await probe.receive() { try await probe.settle(delivery, as: .retry(after: .zero)) }
        for delivery in try await probe.receive() {
            try await probe.settle(delivery, as: .deadLetter(reason: "reason \(delivery.message.name)"))
        }
        for limit in 1...8 {
            var letters: [DeadLetter] = []
            while true {
                let after = letters.last?.sequence ?? 0
                let page = try await bus.deadLetters(of: "mail", after: after, limit: limit)
                try LawBreach.unless(page.count <= limit, "at most \(limit) dead letters", found: "\(page.count)")
                if page.isEmpty { break }
                letters += page
                try LawBreach.unless(letters.count <= 7, "seven dead letters", found: "\(letters.map(\.summary))")
            }
            let names = letters.map(\.message.name).sorted()
            try LawBreach.unlessEqual(names, (0..<7).map(String.init), "the dead letters in pages of \(limit)")
            for letter in letters {
                let reason = DeadLetterCause.poisoned(reason: "reason \(letter.message.name)")
                try LawBreach.unlessEqual(letter.cause, reason, "the cause of \(letter.message.name)")
                try LawBreach.unlessEqual(letter.attempts, 2, "the attempts of \(letter.message.name)")
            }
            let places = letters.map(\.sequence)
            try LawBreach.unless(places == Array(Set(places)).sorted(), "places that rise", found: "\(places)")
        }
        let others = try await bus.deadLetters(of: "audit", after: 0, limit: 10)
        try LawBreach.unlessEqual(others, [], "the dead letters of another group")
    }

    /// Later messages of the key of a dead letter are parked behind it.
    public static let laterMessagesParkBehind = DeadLetterBusLaw(
        "dead.behind",
        "Later messages of a dead letter's key are listed behind it, in order, those that are published later too."
    ) { scene in
        let (probe, bus) = (scene.probe, scene.bus)
        try await probe.bus.subscribe(probe.mail)
        let first = try await probe.publish(1...2)
        try await probe.settle(try await probe.receiveOne(1), as: .deadLetter(reason: "no such buyer"))
        try await probe.publish(3...3)
        try await probe.demandNothing("all are parked")
        let letters = try await bus.deadLetters(of: "mail", after: 0, limit: 10)
        try LawBreach.unlessEqual(letters.map(\.message.name), ["1", "2", "3"], "the dead letters")
        try LawBreach.unlessEqual(letters.map(\.attempts), [1, 0, 0], "the attempts of the dead letters")
        for letter in letters.dropFirst() {
            try LawBreach.unlessEqual(letter.cause, .behind(first[0].id), "the cause of \(letter.message.name)")
        }
    }

    /// Later messages of the key of a dead letter wait in the queue where that is asked for.
    public static let laterMessagesMayWait = DeadLetterBusLaw(
        "dead.waiting",
        "With the policy of waiting only the poisoned message is listed, and the later ones come once it is discarded."
    ) { scene in
        let (probe, bus) = (scene.probe, scene.bus)
        let waiting = MessageSubscription(group: "mail", topics: ["orders"], parking: .waiting)
        try await probe.bus.subscribe(waiting)
        let first = try await probe.publish(1...2)
        try await probe.settle(try await probe.receiveOne(1, for: waiting), as: .deadLetter(reason: "no such buyer"))
        try await probe.publish(3...3)
        try await probe.demandNothing("the rest of the key waits", for: waiting)
        let letters = try await bus.deadLetters(of: "mail", after: 0, limit: 10)
        try LawBreach.unlessEqual(letters.map(\.message.name), ["1"], "the dead letters")
        _ = try await bus.discard(first[0].id, of: "mail")
        try LawBreach.unlessEqual(try await probe.drain(waiting), ["2", "3"], "what comes after the discarded message")
    }

    /// A dead letter that is put back comes first.
    public static let requeuedMessagesComeInOrder = DeadLetterBusLaw(
        "dead.requeued",
        "A dead letter that is put back comes first of its key, its attempts counted from 1, and the rest in order."
    ) { scene in
        let (probe, bus) = (scene.probe, scene.bus)
        try await probe.bus.subscribe(probe.mail)
        let first = try await probe.publish(1...2)
        try await probe.settle(try await probe.receiveOne(1), as: .deadLetter(reason: "a bug"))
        try await probe.publish(3...3)
        let parked = try await bus.requeue(first[1].id, of: "mail")
        try LawBreach.unless(!parked, "a message parked behind another is not put back alone", found: "it was")
        let isThere = try await bus.requeue(first[0].id, of: "mail")
        try LawBreach.unless(isThere, "the dead letter is put back", found: "it was not there")
        try await probe.publish(4...4)
        for number in 1...4 { try await probe.settle(try await probe.receiveOne(number, attempt: 1)) }
        let isStillThere = try await bus.requeue(first[0].id, of: "mail")
        try LawBreach.unless(!isStillThere, "what was dealt with is not put back", found: "it was")
        let letters = try await bus.deadLetters(of: "mail", after: 0, limit: 10)
        try LawBreach.unlessEqual(letters, [], "the dead letters that are left")
        try await probe.demandNothing("all was acknowledged")
    }

    /// A dead letter that is given up lets its key flow on.
    public static let discardedMessagesLetGo = DeadLetterBusLaw(
        "dead.discarded",
        "A dead letter that is given up is returned, once, and does not come again; the rest of its key does, in order."
    ) { scene in
        let (probe, bus) = (scene.probe, scene.bus)
        try await probe.bus.subscribe(probe.mail)
        let first = try await probe.publish(1...2)
        try await probe.settle(try await probe.receiveOne(1), as: .deadLetter(reason: "nonsense"))
        try await probe.publish(3...3)
        let letter = try await bus.discard(first[0].id, of: "mail")
        try LawBreach.unlessEqual(letter?.message, first[0], "the message that is given up")
        try LawBreach.unlessEqual(letter?.cause, .poisoned(reason: "nonsense"), "the cause of what is given up")
        let again = try await bus.discard(first[0].id, of: "mail")
        try LawBreach.unlessEqual(again, nil, "what is given up a second time")
        for number in 2...3 { try await probe.settle(try await probe.receiveOne(number, attempt: 1)) }
        try await probe.demandNothing("all was dealt with")
    }

    /// A message that cannot be dealt with is a dead letter after the configured attempts.
    public static let hopelessMessagesAreGivenUp = DeadLetterBusLaw(
        "dead.after-attempts",
        "A message whose handler always fails is a dead letter after the configured attempts, at once when refused."
    ) { scene in
        let (probe, bus) = (scene.probe, scene.bus)
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...2)
        try await probe.publish(3...3, key: "b")
        let attempts = LawJournal<String>()
        let consumer = probe.consumer(attempts: 4) { message in
            attempts.append(message.name)
            if message.name == "1" { throw LawBreach(expected: "never dealt with", found: "an attempt") }
            if message.name == "3" { throw Refused("no such buyer") }
        }
        for _ in 0..<10 {
            try await consumer.consumeAvailable()
            probe.clock.advance(by: .seconds(1))
        }
        let counts = Dictionary(grouping: attempts.entries, by: { $0 }).mapValues(\.count)
        try LawBreach.unlessEqual(counts, ["1": 4, "3": 1], "how often each message was handled")
        let letters = try await bus.deadLetters(of: "mail", after: 0, limit: 10)
        let found = Dictionary(letters.map { ($0.message.name, $0.attempts) }, uniquingKeysWith: max)
        try LawBreach.unlessEqual(found, ["1": 4, "2": 0, "3": 1], "the dead letters and their attempts")
    }
}

extension DeadLetter {
    fileprivate var summary: String { "\(message.summary) at \(sequence)" }
}
