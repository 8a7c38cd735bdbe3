"""Trang trợ giúp của một lệnh: click's help with Vietnamese headings.

Contract: the same parts in the same order as click writes them; nothing of the texts themselves stands here.
"""

from __future__ import annotations

import click

from tinnhiem.cli.errors import CommandUnknown


class HelpPage(click.Command):
    """Lệnh có trang trợ giúp tiếng Việt."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Cách dùng."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Cách dùng: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line, "[OPTIONS]" in Vietnamese."""
        pieces = super().collect_usage_pieces(ctx)
        return ["[TÙY CHỌN]" if piece == "[OPTIONS]" else piece for piece in pieces]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Các tùy chọn."""
        options = (parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option))
        records = [record for record in (option.get_help_record(ctx) for option in options) if record]
        if records:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Vietnamese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Hiện trang này."
        return option


class CommandGroup(HelpPage, click.Group):
    """Nhóm lệnh: an unknown name is told with the names there are."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but for a name that no command has."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            raise CommandUnknown(ctx.command_path, found=args[0], known=", ".join(known))
        return super().resolve_command(ctx, args)
