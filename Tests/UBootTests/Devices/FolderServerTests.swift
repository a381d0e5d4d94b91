import Foundation
import Testing

@testable import UBoot

struct FolderServerTests {
    /// A root with files and links, and a file beside it.
    private final class Tree {
        let folder: ScratchFolder
        let root: String

        init() throws {
            folder = try ScratchFolder()
            root = folder.path + "/root"
            try folder.write("image", to: "root/Image")
            try folder.write("deep", to: "root/a/b/deep")
            try folder.write("secret", to: "secret")
            try folder.write("secret", to: "rootless/secret")
            try link("inside", to: "a/b/deep")
            try link("a/up", to: "../Image")
            try link("a/round", to: "../../root/Image")
            try link("absolute", to: root + "/Image")
            try link("folder", to: "a/b/")
            try link("file-as-folder", to: "Image/")
            try link("chain", to: "inside")
            try link("away", to: "../secret")
            try link("away-folder", to: "..")
            try link("away-absolute", to: folder.path + "/secret")
            try link("away-missing", to: "../missing")
            try link("away-beside", to: "../rootless/secret")
            try link("top", to: "/")
            try link("dangling", to: "missing")
            try link("loop", to: "loop")
            let made = unsafe mkfifo(root + "/fifo", 0o600)
            try #require(made == 0)
        }

        func link(_ name: String, to target: String) throws {
            try FileManager.default.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: target)
        }

        func permit(_ permissions: Int, _ path: String) throws {
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
        }

        func read(_ name: ByteString) throws -> String {
            let file = try FolderServer(root: root).open(name)
            defer { file.close() }
            let data = try FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false).readToEnd() ?? Data()
            #expect(data.count == file.byteCount)
            return String(decoding: data, as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("Image", "image"), ("/Image", "image"), ("///Image", "image"), ("./Image", "image"), ("a//b/./deep", "deep"),
        ("inside", "deep"), ("a/up", "image"), ("a/round", "image"), ("absolute", "image"), ("folder/deep", "deep"),
        ("chain", "deep"), ("away-folder/root/Image", "image"),
    ])
    func servesWhatLiesInside(_ name: String, _ content: String) throws {
        #expect(try Tree().read(ByteString(utf8: name)) == content)
    }

    @Test(arguments: [
        "../secret", "a/../Image", "/../secret", "Image/", "/", "..", "../root/Image", "away", "away-folder/secret",
        "away-absolute", "away-missing", "away-beside", "top/etc/passwd", "top/etc/ibtest-none", "away-folder",
    ])
    func refusesWhatLeadsOutside(_ name: String) throws {
        #expect(throws: FileRefusal.outsideRoot) { try Tree().read(ByteString(utf8: name)) }
    }

    @Test(arguments: [
        "missing", "Image/x", "a/missing/x", "dangling", "inside/x", "file-as-folder", "a\0", "",
        String(repeating: "n", count: 300),
    ])
    func whatIsNotThereIsNotFound(_ name: String) throws {
        #expect(throws: FileRefusal.notFound) { try Tree().read(ByteString(utf8: name)) }
    }

    @Test(arguments: [
        ("a", EISDIR), ("a/.", EISDIR), ("a/..", EISDIR), ("folder", EISDIR), ("fifo", EINVAL), ("loop", ELOOP),
    ])
    func whatIsNoFileIsUnreadable(_ name: String, _ errno: Int32) throws {
        #expect(throws: FileRefusal.unreadable(errno: errno)) { try Tree().read(ByteString(utf8: name)) }
    }

    @Test func aFileWithoutPermissionIsUnreadableExceptForRoot() throws {
        let tree = try Tree()
        try tree.permit(0, tree.root + "/Image")
        if geteuid() == 0 {
            #expect(try tree.read("Image") == "image")
        } else {
            #expect(throws: FileRefusal.unreadable(errno: EACCES)) { try tree.read("Image") }
        }
    }

    @Test func fortyLinksAreFollowedAndNoMore() throws {
        let tree = try Tree()
        try tree.link("link1", to: "Image")
        for number in 2...41 { try tree.link("link\(number)", to: "link\(number - 1)") }
        #expect(try tree.read("link40") == "image")
        #expect(throws: FileRefusal.unreadable(errno: ELOOP)) { try tree.read("link41") }
    }

    @Test func aNameMayHaveAnyByte() throws {
        let tree = try Tree()
        let name = ByteString([UInt8](1...255).filter { $0 != UInt8(ascii: "/") }.suffix(200))
        let path = (Array(tree.root.utf8) + [UInt8(ascii: "/")] + name.bytes + [0]).map { CChar(bitPattern: $0) }
        let descriptor = unsafe open(path, O_CREAT, 0o600)
        try #require(descriptor >= 0)
        close(descriptor)
        #expect(try tree.read(name).isEmpty)
    }

    @Test func thePathBeginsWithTheRootAsItWasGiven() throws {
        let tree = try Tree()
        for (root, path) in [(tree.root, "/Image"), (tree.root + "/", "Image"), (tree.root + "/a/..", "/Image")] {
            let file = try FolderServer(root: root).open("/Image")
            defer { file.close() }
            #expect(file.path == root + path)
        }
    }

    @Test func theRootMayBeALinkOrMoveAway() throws {
        let tree = try Tree()
        let link = tree.folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "root")
        let server = try FolderServer(root: link)
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.moveItem(atPath: tree.root, toPath: tree.root + "-moved")
        let file = try server.open("inside")
        defer { file.close() }
        #expect(file.byteCount == 4)
    }

    @Test(arguments: [
        ("/none", ErrorNumber(ENOENT), "No such file or directory"),
        ("/./root/Image", ErrorNumber(ENOTDIR), "Not a directory"),
        ("/./root/Image/x", ErrorNumber(ENOTDIR), "Not a directory"),
    ])
    func aRootThatCannotBeServedIsAnError(_ path: String, _ error: ErrorNumber, _ text: String) throws {
        let tree = try Tree()
        #expect(throws: error) { try FolderServer(root: tree.folder.path + path) }
        #expect(error.description == text)
    }

    @Test func aRootWithoutPermissionIsAnErrorExceptForRoot() throws {
        let tree = try Tree()
        try tree.permit(0o300, tree.root)
        if geteuid() == 0 {
            _ = try FolderServer(root: tree.root)
        } else {
            #expect(throws: ErrorNumber(EACCES)) { try FolderServer(root: tree.root) }
        }
        try tree.permit(0o700, tree.root)
    }

    @Test func noDescriptorIsLeftOpen() throws {
        let tree = try Tree()
        func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        let server = try FolderServer(root: tree.root)
        var growth: [Int] = []
        for _ in 0..<5 {
            let before = try count()
            for _ in 0..<200 { _ = try? server.open("away-folder/root/a/b/missing") }
            growth.append(try count() - before)
        }
        // Other tests open files meanwhile, but not a thousand.
        #expect((growth.min() ?? 0) < 100)
    }
}
