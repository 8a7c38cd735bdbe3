"""Lỗi của dòng lệnh: what can be wrong before a round is looked at: the words typed, the files named, the port asked for.

Contract: these join the refusals of the packages below, so that a caller of the command line meets one kind of fault only: a line with
`code`, `where`, `message`, `message_en`.

    CommandFault
    ├── CommandUnknown        no command of this name
    ├── OptionUnknown         no option of this name
    ├── ArgumentMissing       an argument or option that the command needs
    ├── ArgumentExtra         more arguments than the command takes
    ├── ArgumentUnfit         a value that the option does not take
    ├── DayUnfit              a day that is no real date
    ├── InputMissing          the file is not there
    ├── InputIsFolder         a folder in place of a file
    ├── InputUnreadable       the system does not let the file be read
    ├── InputTwice            one file given for two stations
    ├── OutputRefused         a file that cannot be written
    ├── OutputFolderMissing   a file to write in a folder that is not there
    ├── OutputNotAFile        a folder or device in place of a file to write
    ├── OutputTwice           two outputs, or an input and an output, under one name
    ├── TokensNeedType        ballots with random codes, of several types at once
    ├── ScansMissing          a folder without a scan
    ├── ProofFolderUsed       a folder for proofs that holds something already
    ├── ReadingOpen           totals asked for while people still have to look
    ├── ClusterUndecided      a cluster for an official round, without a decision
    ├── PortUnfit             no such port
    ├── PortTaken             something else listens there
    ├── HostUnfit             no such address on this machine
    ├── FolderInUse           another copy of the program works on the data folder
    ├── FolderRefused         the data folder cannot be made or written
    ├── DatabaseRefused       the database cannot be opened or brought up to date
    ├── ServerStopped         the worker ended by itself
    ├── Interrupted           stopped by hand
    └── Internal              a mistake of the program itself
"""

from __future__ import annotations

from tinnhiem.errors import TinnhiemError


class CommandFault(TinnhiemError):
    """Lỗi của dòng lệnh: the parent of what follows."""

    code = "command_fault"
    vi = "Lệnh chưa dùng được: {detail}. Xem cách dùng: {usage} --help."
    en = "The command cannot be run: {detail}. See {usage} --help."


class CommandUnknown(CommandFault):
    """Không có lệnh này. Values: `found`, `known`."""

    code = "command_unknown"
    vi = "Không có lệnh “{found}”. Các lệnh: {known}."
    en = "There is no command “{found}”. The commands are: {known}."


class OptionUnknown(CommandFault):
    """Không có tùy chọn này. Values: `found`, `usage`."""

    code = "option_unknown"
    vi = "Không có tùy chọn “{found}”. Xem các tùy chọn: {usage} --help."
    en = "There is no option “{found}”. See the options with {usage} --help."


class ArgumentMissing(CommandFault):
    """Thiếu một phần của lệnh. Values: `missing`, `usage`."""

    code = "argument_missing"
    vi = "Thiếu {missing}. Xem cách dùng: {usage} --help."
    en = "{missing} is missing. See {usage} --help."


class ArgumentExtra(CommandFault):
    """Thừa một phần của lệnh. Values: `detail`, `usage`."""

    code = "argument_extra"
    vi = "Lệnh có phần thừa ({detail}). Tên tệp có dấu cách phải đặt trong ngoặc kép. Xem cách dùng: {usage} --help."
    en = "There is more than the command takes ({detail}). Quote a file name that holds a space. See {usage} --help."


class ArgumentUnfit(CommandFault):
    """Giá trị của tùy chọn không dùng được. Values: `takes`, `usage`."""

    code = "argument_unfit"
    vi = "Giá trị không dùng được; ở đây nhận: {takes}. Xem cách dùng: {usage} --help."
    en = "The value does not fit; it takes: {takes}. See {usage} --help."


class DayUnfit(CommandFault):
    """Ngày không có thật. Values: `found`."""

    code = "day_unfit"
    vi = "“{found}” không phải ngày có thật. Ghi năm-tháng-ngày, ví dụ 2023-12-13."
    en = "“{found}” is no real date. Write year-month-day, like 2023-12-13."


class InputMissing(CommandFault):
    """Không tìm thấy tệp."""

    code = "input_missing"
    vi = "Không tìm thấy tệp. Kiểm tra lại tên tệp và thư mục."
    en = "The file is not there. Check its name and folder."


class InputIsFolder(CommandFault):
    """Thư mục ở chỗ cần một tệp."""

    code = "input_is_folder"
    vi = "Đây là thư mục, không phải tệp. Ghi thêm tên tệp."
    en = "This is a folder, not a file. Add the name of the file."


class InputUnreadable(CommandFault):
    """Hệ thống không cho đọc tệp. Values: `reason`."""

    code = "input_unreadable"
    vi = "Không mở được tệp ({reason}). Đóng chương trình đang mở tệp, hoặc chép tệp sang thư mục khác rồi chạy lại."
    en = "The file cannot be opened ({reason}). Close the program that holds it, or copy it elsewhere and run again."


class InputTwice(CommandFault):
    """Một tệp cho hai bàn nhập."""

    code = "input_twice"
    vi = "Tệp này được ghi cho hai bàn nhập phiếu. Mỗi bàn một tệp riêng."
    en = "This file is given for two stations. Each station has a file of its own."


class OutputRefused(CommandFault):
    """Không ghi được tệp. Values: `reason`."""

    code = "output_refused"
    vi = (
        "Không ghi được tệp ({reason}); chưa có tệp nào được ghi. Chọn thư mục khác hoặc đóng chương trình đang mở tệp."
    )
    en = "The file cannot be written ({reason}); nothing was written. Choose another folder or close the program that holds the file."


class OutputFolderMissing(CommandFault):
    """Không có thư mục để ghi tệp. Values: `folder`."""

    code = "output_folder_missing"
    vi = "Không có thư mục {folder}; chưa có tệp nào được ghi. Tạo thư mục này hoặc chọn thư mục khác."
    en = "There is no folder {folder}; nothing was written. Make it or choose another."


class OutputNotAFile(CommandFault):
    """Chỗ ghi là thư mục hoặc thiết bị."""

    code = "output_not_a_file"
    vi = "Chỗ ghi đã có sẵn mà không phải là tệp; chưa có tệp nào được ghi. Ghi một tên tệp khác."
    en = "What stands there is not a file; nothing was written. Give another file name."


class OutputTwice(CommandFault):
    """Trùng tên tệp."""

    code = "output_twice"
    vi = "Tên tệp này đã dùng cho một tệp khác của cùng lệnh; chưa có tệp nào được ghi. Ghi một tên khác."
    en = "The same command already uses this file name; nothing was written. Give another name."


class TokensNeedType(CommandFault):
    """Phiếu có mã ngẫu nhiên được in từng loại. Values: `known`."""

    code = "tokens_need_type"
    vi = "Phiếu có mã ngẫu nhiên được in từng loại một, để mã không nối các phiếu của một người. Thêm --type; các loại phiếu: {known}."
    en = "Ballots with random codes are printed one type at a time, so that no code ties one person's sheets together. Add --type; the types are: {known}."


class ScansMissing(CommandFault):
    """Thư mục không có tệp quét."""

    code = "scans_missing"
    vi = "Thư mục này không có tệp nào để đọc. Kiểm tra lại thư mục mà máy quét ghi vào."
    en = "This folder has no file to read. Check which folder the scanner writes to."


class ProofFolderUsed(CommandFault):
    """Thư mục ghi ảnh kiểm tra đã có tệp."""

    code = "proof_folder_used"
    vi = "Thư mục này đã có tệp; chưa đọc trang nào. Chọn một thư mục mới hoặc thư mục trống."
    en = "The folder holds files already; no page was read. Choose a new or an empty one."


class ReadingOpen(CommandFault):
    """Còn chỗ cần người xem. Values: `what`, `what_en` (how many of each kind)."""

    code = "reading_open"
    vi = "Còn chỗ cần người xem: {what}; chưa ghi kết quả. Xem danh sách ở trên, sửa hoặc quét lại rồi đọc lại."
    en = "People still have to look at: {what_en}; no totals were written. See the list above, mend or scan again, then read again."


class ClusterUndecided(CommandFault):
    """Đợt chính thức chưa có quyết định đọc trên cụm máy."""

    code = "cluster_undecided"
    vi = "Phiếu của đợt chính thức chỉ được đọc trên cụm máy khi ban kiểm phiếu đã quyết định. Ghi số, ngày quyết định vào mục cluster_decision, hoặc bỏ --cluster."
    en = "Ballots of an official round are read on a cluster only where the board decided so. Put the decision's number and date into cluster_decision, or leave --cluster out."


class PortUnfit(CommandFault):
    """Không có cổng này. Values: `found`."""

    code = "port_unfit"
    vi = "Không có cổng {found}. Chọn một số từ 1 đến 65535, ví dụ 8000."
    en = "There is no port {found}. Choose a number from 1 to 65535, for example 8000."


class PortTaken(CommandFault):
    """Cổng đang bận. Values: `port`, `other`."""

    code = "port_taken"
    vi = "Cổng {port} đang có chương trình khác dùng. Đóng chương trình đó, hoặc chọn cổng khác: --port {other}."
    en = "Port {port} is in use by another program. Close it, or choose another port: --port {other}."


class HostUnfit(CommandFault):
    """Máy này không có địa chỉ ấy. Values: `found`, `reason`."""

    code = "host_unfit"
    vi = "Không mở được địa chỉ {found} trên máy này ({reason}). Bỏ --host để chỉ dùng trên máy này, hoặc dùng --host 0.0.0.0."
    en = "The address {found} cannot be opened on this machine ({reason}). Leave --host out to stay on this machine, or use --host 0.0.0.0."


class FolderInUse(CommandFault):
    """Thư mục dữ liệu đang được dùng."""

    code = "folder_in_use"
    vi = "Thư mục dữ liệu đang được một cửa sổ Tín nhiệm khác dùng. Dùng cửa sổ đó, hoặc đóng nó rồi mở lại."
    en = "Another window of Tín nhiệm works on this data folder. Use that window, or close it and start again."


class FolderRefused(CommandFault):
    """Không ghi được vào thư mục dữ liệu. Values: `reason`."""

    code = "folder_refused"
    vi = "Không dùng được thư mục dữ liệu ({reason}). Chọn thư mục khác: --data."
    en = "The data folder cannot be used ({reason}). Choose another with --data."


class DatabaseRefused(CommandFault):
    """Không mở được cơ sở dữ liệu. Values: `reason` (the database's own words)."""

    code = "database_refused"
    vi = "Không mở được cơ sở dữ liệu ({reason}). Kiểm tra TINNHIEM_DATABASE_URL, hoặc chép lại thư mục dữ liệu từ bản lưu gần nhất."
    en = "The database cannot be opened ({reason}). Check TINNHIEM_DATABASE_URL, or restore the data folder from the latest copy."


class ServerStopped(CommandFault):
    """Tiến trình phục vụ tự dừng."""

    code = "server_stopped"
    vi = "Chương trình phục vụ dừng ngoài ý muốn; những gì đã lưu vẫn còn. Mở lại; nếu vẫn dừng, gửi các dòng phía trên cho người phát triển."
    en = "The server stopped by itself; what was saved is kept. Start again; if it stops again, send the lines above to the developers."


class Interrupted(CommandFault):
    """Dừng theo lệnh của người dùng."""

    code = "interrupted"
    vi = "Đã dừng; chưa có tệp nào được ghi."
    en = "Stopped; nothing was written."


class Internal(CommandFault):
    """Lỗi của chính chương trình. Values: `kind` (the exception's class)."""

    code = "internal"
    vi = "Chương trình gặp lỗi bên trong ({kind}); chưa có tệp nào được ghi. Chạy lại với TINNHIEM_TRACE=1 rồi gửi nội dung hiện ra cho người phát triển."
    en = "The program met a fault of its own ({kind}); nothing was written. Run again with TINNHIEM_TRACE=1 and send what appears to the developers."
