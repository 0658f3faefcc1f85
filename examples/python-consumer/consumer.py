"""Prints one line per delivered order, and checks that no event is missing.

Reads the topic from its beginning each time, so it keeps nothing. Another language's way to the same contract:
headers are CloudEvents attributes, the value is JSON.
"""

import argparse
import json
import sys

from confluent_kafka import Consumer, KafkaError, KafkaException

END = KafkaError._PARTITION_EOF


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--brokers", default="127.0.0.1:9092")
    parser.add_argument("--topic", default="orders")
    parser.add_argument("--group", default="python-example")
    parser.add_argument("--until-end", action="store_true", help="stop where the topic ends now")
    return parser.parse_args()


class Sequences:
    """Knows the last sequence of every subject: an order, or the returns of one."""

    def __init__(self):
        self.last = {}
        self.gaps = 0
        self.duplicates = 0

    def is_new(self, subject, sequence):
        last = self.last.get(subject, 0)
        if sequence <= last:
            self.duplicates += 1
            return False
        if sequence > last + 1:
            self.gaps += 1
            print(f"gap: {subject} jumped from {last} to {sequence}", file=sys.stderr)
        self.last[subject] = sequence
        return True


def handle(headers, value, totals):
    data = json.loads(value)
    subject = headers["ce_subject"]
    if headers["ce_type"] == "order.placed":
        totals[subject] = data["order"]["total"]
    if headers["ce_type"] == "order.delivered":
        total = totals[subject]
        print(f"delivered {subject} {total['amountMinor']} {total['currency']} at {headers['ce_time']}", flush=True)


def run(consumer, until_end):
    sequences, totals, ended, events = Sequences(), {}, set(), 0
    while True:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            if message.error().code() != END:
                raise KafkaException(message.error())
            ended.add(message.partition())
            if until_end and ended >= {each.partition for each in consumer.assignment()}:
                break
            continue
        ended.discard(message.partition())
        headers = {name: text.decode() for name, text in message.headers() or [] if text is not None}
        if not headers.get("ce_type", "").startswith(("order.", "return.")):
            print(f"not an event of ours at {message.partition()}/{message.offset()}", file=sys.stderr)
            continue
        events += 1
        if sequences.is_new(headers["ce_subject"], int(headers["ce_sequence"])):
            handle(headers, message.value(), totals)
    print(f"{events} events, {sequences.duplicates} duplicates, {sequences.gaps} gaps", flush=True)
    return 1 if sequences.gaps else 0


def main():
    arguments = read_arguments()
    consumer = Consumer(
        {
            "bootstrap.servers": arguments.brokers,
            "group.id": arguments.group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    consumer.subscribe([arguments.topic])
    try:
        return run(consumer, arguments.until_end)
    except KeyboardInterrupt:
        return 0
    finally:
        consumer.close()


if __name__ == "__main__":
    sys.exit(main())
