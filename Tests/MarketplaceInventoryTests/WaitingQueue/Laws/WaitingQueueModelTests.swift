import MarketplaceCore
import TestSupport
import Testing

@testable import MarketplaceInventory

/// Random histories of one caller, answer for answer against a plain model.
struct WaitingQueueModelTests {
    @Test(arguments: WaitingQueueForm.allCases)
    func everyAnswerIsTheModels(form: WaitingQueueForm) async throws {
        let histories = form == .inMemory ? 300 : 100
        var kinds: Set<String> = []
        await PropertyRun.checkAsync(histories) { run in
            var walk = try WaitingQueueWalk(form: form, seed: run.seed)
            try await walk.run(steps: 120)
            kinds.formUnion(walk.kinds)
            if walk.hasFailed { Issue.record(run.replay) }
        }
        // The histories are worth something only if they come by all of these.
        if PropertyRun.isPartial { return }
        let wanted = [
            "full", "closed", "missed", "left", "exited", "notCalled", "notInside", "notJoined", "no-show", "lapse",
            "given back", "passed over", "dismissed", "rejoined",
        ]
        for kind in wanted { #expect(kinds.contains(kind), "never came by: \(kind)") }
    }
}

/// One random history.
struct WaitingQueueWalk {
    private let queue: any WaitingQueue
    private var model: WaitingQueueModel
    private var generator: SeededGenerator
    private var time = Timestamp.second(90)
    private let memberCount: UInt64
    private(set) var kinds: Set<String> = []
    private(set) var hasFailed = false

    init(form: WaitingQueueForm, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func draw(_ count: UInt64) -> Int64 { Int64(generator.next(through: count - 1)) }
        // The times of their places are whole tenths of a second.
        let rates: [AdmissionRate] = [
            .perSecond(1), .perSecond(2), AdmissionRate(1, per: .seconds(3)), AdmissionRate(5, per: .seconds(2)),
        ]
        let terms = WaitingQueueTerms(
            opensAt: .second(100),
            rate: rates[Int(draw(4))],
            burst: draw(2) == 0 ? 0 : draw(6),
            arrivalWindow: .seconds(2 + draw(6)),
            maximumInside: draw(2) == 0 ? nil : 1 + draw(6),
            maximumStay: draw(2) == 0 ? nil : .seconds(2 + draw(12)),
            maximumWaiting: 3 + draw(8),
            noShowsMayRejoin: draw(2) == 0,
            callInterval: .milliseconds(draw(2) == 0 ? 100 : 2_500)
        )
        memberCount = UInt64(4 + draw(16))
        model = WaitingQueueModel(terms: terms)
        queue = try form.make(seed: seed)
        self.generator = generator
    }

    private mutating func draw(_ count: UInt64) -> Int { Int(generator.next(through: count - 1)) }

    private mutating func check(_ isTrue: Bool, _ what: String) {
        guard !isTrue, !hasFailed else { return }
        hasFailed = true
        Issue.record("\(what)")
    }

    mutating func run(steps: Int) async throws {
        try await queue.create(model.terms, at: time)
        for _ in 0..<steps where !hasFailed {
            time = time.advanced(by: .milliseconds(100 * Int64(draw(4) == 0 ? draw(40) : draw(8))))
            let member = MemberKey.numbered(draw(memberCount))
            switch draw(100) {
            case 0..<35: try await join(member)
            case 35..<55: try await enter(member)
            case 55..<65: try await leave(member)
            case 65..<75: try await exit(member)
            case 75..<98: try await status(member)
            default: try await close()
            }
        }
        if !hasFailed { try await compareAll() }
    }

    private mutating func join(_ member: MemberKey) async throws {
        model.move(at: time)
        let hadTicket = model.latest(member) != nil
        let count = model.entries.count
        let expected = model.join(member, at: time)
        if hadTicket, model.entries.count > count { kinds.insert("rejoined") }
        var number: Int64?
        let answer = try await waitingRefusal { () async throws(WaitingQueueError) in
            number = try await queue.join(member, at: time).number
        }
        switch expected {
        case .success(let wanted):
            check(
                number == Int64(wanted),
                "\(member) joined as \(String(describing: number)), not \(wanted): \(String(describing: answer))"
            )
        case .failure(let refusal): compare(answer, refusal, "join of \(member)")
        }
    }

    private mutating func enter(_ member: MemberKey) async throws {
        model.move(at: time)
        let expected = model.enter(member, at: time)
        let answer = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.enter(member, at: time)
        }
        compare(answer, expected, "enter of \(member)")
    }

    private mutating func leave(_ member: MemberKey) async throws {
        model.move(at: time)
        let expected = model.leave(member, at: time)
        let answer = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.leave(member, at: time)
        }
        compare(answer, expected, "leave of \(member)")
    }

    private mutating func exit(_ member: MemberKey) async throws {
        model.move(at: time)
        let expected = model.exit(member)
        let answer = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.exit(member, at: time)
        }
        compare(answer, expected, "exit of \(member)")
    }

    private mutating func status(_ member: MemberKey) async throws {
        model.move(at: time)
        let expected = model.status(of: member, at: time)
        if expected == .dismissed { kinds.insert("dismissed") }
        var status: WaitingStatus?
        let answer = try await waitingRefusal { () async throws(WaitingQueueError) in
            status = try await queue.status(of: member, at: time)
        }
        compare(answer, expected == nil ? .notJoined(member) : nil, "status of \(member)")
        check(
            status == expected,
            "\(member) at \(time) is \(String(describing: status)), not \(String(describing: expected))"
        )
        let isAdmitted = try await queue.isAdmitted(member, at: time)
        if case .inside = expected {
            check(isAdmitted, "\(member) is inside and not admitted")
        } else {
            check(!isAdmitted, "\(member) is admitted and not inside")
        }
    }

    private mutating func close() async throws {
        guard draw(3) == 0 else { return }
        let closing: WaitingQueueClosing = draw(2) == 0 ? .newcomers : .everybody
        model.move(at: time)
        model.close(to: closing, at: time)
        try await queue.close(to: closing, at: time)
    }

    private mutating func compare(
        _ answer: WaitingQueueRefusal?,
        _ expected: WaitingQueueRefusal?,
        _ what: String
    ) {
        note(expected)
        check(
            answer == expected,
            "\(what) at \(time): \(String(describing: answer)), not \(String(describing: expected))"
        )
    }

    private mutating func note(_ refusal: WaitingQueueRefusal?) {
        guard let refusal else { return }
        let kind =
            switch refusal {
            case .full: "full"
            case .closed: "closed"
            case .missed: "missed"
            case .left: "left"
            case .exited: "exited"
            case .notCalled: "notCalled"
            case .notInside: "notInside"
            case .notJoined: "notJoined"
            default: "another"
            }
        kinds.insert(kind)
    }

    /// Figures and the status of everybody, now and long after.
    private mutating func compareAll() async throws {
        for pause in [0, 3, 30] {
            time = time.advanced(by: .seconds(pause))
            model.move(at: time)
            let figures = try await queue.advance(to: time)
            check(figures == model.figures, "\(figures), not \(model.figures)")
            for number in 0..<Int(memberCount) { try await status(.numbered(number)) }
        }
        let totals = model.totals
        if totals.noShows > 0 { kinds.insert("no-show") }
        if totals.lapsed > 0 { kinds.insert("lapse") }
        if totals.givenBack > 0 { kinds.insert("given back") }
        if model.passedThrough > totals.called { kinds.insert("passed over") }
        let granted = model.earned + totals.noShows + totals.givenBack
        check(totals.called <= granted, "\(totals.called) were called, and there were \(granted) places")
    }
}
