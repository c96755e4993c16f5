/// A run of a saga drawn as an SVG document of its own: steps from top to bottom, the way back on the right.
///
/// All coordinates are whole numbers, so that the same run gives the same bytes everywhere.
struct SagaPicture {
    private let timeline: SagaTimeline
    private let diagram: SagaDiagram
    private let boxWidth: Int
    private let contentWidth: Int
    private var parts: [String] = []
    /// The place of each stage.
    private var frames: [Frame] = []

    /// The place of a stage or of an end.
    private struct Frame {
        var x: Int
        var y: Int
        var width: Int
        var height: Int

        var right: Int { x + width }
        var bottom: Int { y + height }
        var middle: Int { y + height / 2 }
        var centre: Int { x + width / 2 }
    }

    private enum Size {
        static let margin = 24
        static let header = 72
        static let boxHeight = 52
        static let boxWidths = 180...300
        /// Wide enough for the words beside the line before the pivot.
        static let contentWidth = 280
        static let gap = 36
        static let siblingGap = 20
        static let groupInset = 14
        static let groupHeading = 20
        static let pill = (width: 108, height: 30)
        /// How far right of the steps the way back runs.
        static let lane = 66
        static let nameLetter = 9
        static let textLetter = 7
        static let lineHeight = 17
        static let noteLines = 4
    }

    init(_ timeline: SagaTimeline) {
        self.timeline = timeline
        diagram = SagaDiagram(timeline)
        let longest = timeline.steps.map { PictureText.letters($0.name) }.max() ?? 0
        let wanted = longest * Size.nameLetter + 40
        boxWidth = min(max(wanted, Size.boxWidths.lowerBound), Size.boxWidths.upperBound)
        let widest = diagram.stages.map(\.count).max() ?? 1
        let group = widest * boxWidth + (widest - 1) * Size.siblingGap + (widest > 1 ? 2 * Size.groupInset : 0)
        contentWidth = max(Size.contentWidth, group)
    }

    private var centre: Int { Size.margin + contentWidth / 2 }
    private var lane: Int { Size.margin + contentWidth + Size.lane }
    private var width: Int {
        diagram.wayBack.isEmpty ? contentWidth + 2 * Size.margin : lane + Size.pill.width / 2 + Size.margin
    }

    /// The document.
    func svg() -> String {
        var picture = self
        let height = picture.draw()
        let title = "\(timeline.definition) \(timeline.version), \(timeline.key): \(timeline.status.rawValue)"
        let states = timeline.steps.map { "\($0.name): \($0.state.rawValue)" }.joined(separator: "; ")
        let description = ([states] + timeline.notes).joined(separator: ". ")
        // Several pictures may be put into one page.
        let id = "saga-\(timeline.saga)"
        let head = [
            "<title id=\"\(id)-title\">\(PictureText.escaped(title))</title>",
            "<desc id=\"\(id)-desc\">\(PictureText.escaped(description))</desc>",
            "<style>\(SagaPictureStyle.sheet)</style>",
            "<rect class=\"page\" width=\"\(width)\" height=\"\(height)\"/>",
        ]
        let frame =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"saga\" role=\"img\""
            + " aria-labelledby=\"\(id)-title \(id)-desc\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\""
            + " height=\"\(height)\">"
        return ([frame] + head + picture.parts + ["</svg>"]).map { $0 + "\n" }.joined()
    }

    /// Draws everything; returns the height.
    private mutating func draw() -> Int {
        drawHeader()
        let begin = pill("start", y: Size.header, centre: centre, style: "end")
        var above = begin
        for nodes in diagram.stages {
            let isPivot = nodes[0].kind == .pivot
            let frame = frame(of: nodes, y: above.bottom + (isPivot ? Size.gap * 3 / 2 : Size.gap))
            let isReached = nodes.contains { $0.state != .notReached }
            drawArrow(from: above.bottom, to: frame.y, isReached)
            if isPivot { drawPointOfNoReturn(y: above.bottom + Size.gap * 3 / 4) }
            draw(nodes, frame)
            frames.append(frame)
            above = frame
        }
        let isComplete = diagram.end == .completed
        let top = above.bottom + Size.gap
        drawArrow(from: above.bottom, to: top, isComplete)
        let end = pill("completed", y: top, centre: centre, style: isComplete ? "end done" : "end notReached")
        drawWayBack(begin)
        return drawNotes(below: end.bottom) + Size.margin
    }

    private mutating func drawHeader() {
        let letters = (width - 2 * Size.margin) / 10
        text(
            PictureText.fitted(
                "\(timeline.definition) \(timeline.version): \(timeline.status.rawValue)",
                letters: letters
            ),
            x: Size.margin,
            y: 32,
            style: "heading"
        )
        let subtitle = "\(timeline.key), \(timeline.startedAt)"
        text(fitted(subtitle, width - 2 * Size.margin), x: Size.margin, y: 52, style: "note")
    }

    private func frame(of nodes: [SagaDiagram.Node], y: Int) -> Frame {
        var frame = Frame(x: 0, y: y, width: boxWidth, height: Size.boxHeight)
        if nodes.count > 1 {
            frame.width = nodes.count * boxWidth + (nodes.count - 1) * Size.siblingGap + 2 * Size.groupInset
            frame.height += Size.groupHeading + Size.groupInset
        }
        frame.x = centre - frame.width / 2
        return frame
    }

    private mutating func draw(_ nodes: [SagaDiagram.Node], _ frame: Frame) {
        guard nodes.count > 1 else {
            draw(nodes[0], frame)
            return
        }
        parts.append(
            "<rect class=\"group\" x=\"\(frame.x)\" y=\"\(frame.y)\" width=\"\(frame.width)\""
                + " height=\"\(frame.height)\" rx=\"10\"/>"
        )
        text("at the same time", x: frame.x + Size.groupInset, y: frame.y + 15, style: "small")
        for (place, node) in nodes.enumerated() {
            let x = frame.x + Size.groupInset + place * (boxWidth + Size.siblingGap)
            draw(node, Frame(x: x, y: frame.y + Size.groupHeading, width: boxWidth, height: Size.boxHeight))
        }
    }

    private mutating func draw(_ node: SagaDiagram.Node, _ frame: Frame) {
        let style = (node.state?.className ?? "") + (node.kind == .pivot ? " pivot" : "")
        parts.append("<g><title>\(PictureText.escaped("\(node.name): \(node.caption)"))</title>")
        parts.append(outline(node, frame, style: "box " + style))
        let letters = (frame.width - 36) / Size.nameLetter
        text(PictureText.fitted(node.name, letters: letters), x: frame.centre, y: frame.y + 23, style: "name")
        text(fitted(node.caption, frame.width - 30), x: frame.centre, y: frame.y + 41, style: "state")
        parts.append("</g>")
    }

    /// The shape of a step: what kind it is can be seen without colours.
    private func outline(_ node: SagaDiagram.Node, _ frame: Frame, style: String) -> String {
        let (x, y, right, bottom) = (frame.x, frame.y, frame.right, frame.bottom)
        let points: [(Int, Int)]
        switch (node.form, node.kind) {
        case (.pause, _): points = [(x + 12, y), (right, y), (right - 12, bottom), (x, bottom)]
        case (.signal, _): points = [(x, y), (right, y), (right, bottom), (x, bottom), (x + 14, frame.middle)]
        case (_, .pivot):
            points = [
                (x + 14, y), (right - 14, y), (right, frame.middle), (right - 14, bottom), (x + 14, bottom),
                (x, frame.middle),
            ]
        case (_, .compensatable), (_, .retriable):
            let radius = node.kind == .retriable ? frame.height / 2 : 6
            return "<rect class=\"\(style)\" x=\"\(x)\" y=\"\(y)\" width=\"\(frame.width)\""
                + " height=\"\(frame.height)\" rx=\"\(radius)\"/>"
        }
        return polygon(points, style: style)
    }

    private mutating func drawPointOfNoReturn(y: Int) {
        parts.append("<path class=\"limit\" d=\"M\(Size.margin) \(y)H\(Size.margin + contentWidth)\"/>")
        text("point of no return", x: Size.margin, y: y - 6, style: "small")
    }

    private mutating func drawArrow(from top: Int, to bottom: Int, _ isReached: Bool) {
        let style = isReached ? "way" : "way ahead"
        parts.append("<path class=\"\(style)\" d=\"M\(centre) \(top)V\(bottom - 8)\"/>")
        parts.append(
            polygon([(centre - 5, bottom - 8), (centre + 5, bottom - 8), (centre, bottom)], style: "head \(style)")
        )
    }

    /// The way the saga went back: from where it turned around through what it undid, up to the end beside the start.
    private mutating func drawWayBack(_ begin: Frame) {
        let places = diagram.wayBack
        for (later, earlier) in zip(places, places.dropFirst()) {
            let (right, y) = (frames[earlier].right, frames[earlier].middle + 8)
            drawRise(from: later, to: "V\(y + 10)Q\(lane) \(y) \(lane - 10) \(y)H\(right + 8)")
            parts.append(polygon([(right + 8, y - 5), (right + 8, y + 5), (right, y)], style: "head back"))
        }
        guard diagram.end == .aborted, let last = places.last else { return }
        let end = pill("undone", y: begin.y, centre: lane, style: "end undone")
        let y = end.bottom + 8
        drawRise(from: last, to: "V\(y)")
        parts.append(polygon([(lane - 5, y), (lane + 5, y), (lane, end.bottom)], style: "head back"))
    }

    /// The line that leaves a stage to the right and turns up into the lane.
    private mutating func drawRise(from stage: Int, to end: String) {
        // The tip of a pivot lies a little further right than where the line leaves it.
        let right = frames[stage].right - (diagram.stages[stage][0].kind == .pivot ? 4 : 0)
        let y = frames[stage].middle - 8
        parts.append("<path class=\"back\" d=\"M\(right) \(y)H\(lane - 10)Q\(lane) \(y) \(lane) \(y - 10)\(end)\"/>")
    }

    /// Why it turned around or is stuck, and what operators have decided; returns where that ends.
    private mutating func drawNotes(below top: Int) -> Int {
        var y = top + Size.margin / 2
        for note in timeline.notes {
            let letters = (width - 2 * Size.margin) / Size.textLetter
            for line in PictureText.wrapped(note, letters: letters, lines: Size.noteLines) {
                y += Size.lineHeight
                text(line, x: Size.margin, y: y, style: "note")
            }
            y += 4
        }
        return y
    }

    private mutating func pill(_ label: String, y: Int, centre: Int, style: String) -> Frame {
        let size = Size.pill
        let frame = Frame(x: centre - size.width / 2, y: y, width: size.width, height: size.height)
        parts.append(
            "<rect class=\"\(style)\" x=\"\(frame.x)\" y=\"\(y)\" width=\"\(size.width)\" height=\"\(size.height)\""
                + " rx=\"\(size.height / 2)\"/>"
        )
        text(label, x: centre, y: y + 20, style: "state")
        return frame
    }

    private mutating func text(_ text: String, x: Int, y: Int, style: String) {
        parts.append("<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\">\(PictureText.escaped(text))</text>")
    }

    private func fitted(_ text: String, _ width: Int) -> String {
        PictureText.fitted(text, letters: width / Size.textLetter)
    }

    private func polygon(_ points: [(Int, Int)], style: String) -> String {
        "<polygon class=\"\(style)\" points=\"" + points.map { "\($0.0),\($0.1)" }.joined(separator: " ") + "\"/>"
    }
}
