import type { enDrills } from './en-drills.ts'

/** Die Übungen der Demo. */
export const deDrills: Readonly<Record<keyof typeof enDrills, string>> = {
  'drills.title': 'Übungen',
  'drills.intro':
    'Ein Fehler nach dem anderen, an genau diesem System, während Bestellungen eingehen. Sind alle zu Ende, wird alles geprüft.',
  'drills.none': 'Hier gibt es keine Übungen',
  'drills.noneHint': 'Es gibt sie in der Demo unter npm start: Das startet wieder, was eine Übung beendet hat.',
  'drills.away': 'Im Moment keine Antwort: Das kann die Übung sein. Diese Seite fragt weiter.',
  'drills.load': 'Last',
  'drills.rate': '{count} Bestellungen je Sekunde',
  'drills.rate.one': '{count} Bestellung je Sekunde',
  'drills.begin': 'Beginnen',
  'drills.impossible': 'Was sie trifft, läuft nicht hier.',
  'drills.latest': 'Letzte Übung',
  'drills.phases': 'Ablauf einer Übung',
  'drills.done': 'Erledigt:',
  'drills.phase.preparing': 'Prüfung vorher',
  'drills.phase.loading': 'Bestellungen gehen ein',
  'drills.phase.striking': 'Der Fehler trifft',
  'drills.phase.recovering': 'Erholung',
  'drills.phase.settling': 'Bestellungen enden',
  'drills.phase.checking': 'Prüfung nachher',
  'drills.placed': 'Aufgegeben',
  'drills.ended': 'Zu Ende',
  'drills.open': 'Offen',
  'drills.recovered': 'Erholt nach',
  'drills.between': 'Traf zwischen zwei Schritten von',
  'drills.asExpected': 'Wie erwartet',
  'drills.notAsExpected': 'Nicht wie erwartet',
  'drills.failed': 'Nicht durchführbar',
  'drills.expected': 'Erwartet',
  'drills.expectedAlways':
    'Jede Bestellung endet, wie ihre Art es tut, und einmal. Eine, die über ihre Frist wartet, wird abgelehnt und ganz rückgängig gemacht.',
  'drills.happened': 'Geschehen',
  'drills.timedOut': 'davon zu spät und rückgängig gemacht',
  'drills.lost': 'Verloren',
  'drills.doubled': 'Verdoppelt',
  'drills.wronglyEnded': 'Falsch geendet',
  'drills.invariants': 'Stimmt alles noch?',
  'drills.held': 'Ja',
  'drills.broken': 'Nein: {count} neue Befunde',
  'drills.broken.one': 'Nein: {count} neuer Befund',
  'drills.toChecks': 'Was geprüft wurde',
  'drill.duplicate': 'Ereignisse noch zweimal',
  'drill.duplicate.text': 'Alles, was in vier Sekunden auf das Topic kam, wird noch zweimal gesendet.',
  'drill.duplicate.expected': 'Jeder Dienst weiß, was er bearbeitet hat: eine Reservierung, eine Abbuchung, ein Paket.',
  'drill.reorder': 'Ereignisse rückwärts',
  'drill.reorder.text': 'Alles, was in vier Sekunden auf das Topic kam, wird noch einmal gesendet, das Letzte zuerst.',
  'drill.reorder.expected': 'Altes wird als alt erkannt; niemand geht zurück.',
  'drill.delay': 'Ereignisse kommen spät',
  'drill.delay.text':
    'Der Zahlungs-Worker wird sechs Sekunden eingefroren: Er behält seinen Platz und hört alles spät.',
  'drill.delay.expected': 'Bestellungen warten auf ihre Zahlung und gehen dann weiter.',
  'drill.poison': 'Gift',
  'drill.poison.text': 'Eine Nachricht, die niemand lesen kann, vor Bestellungen.',
  'drill.poison.expected':
    'Jede Gruppe legt sie als unzustellbar beiseite und geht weiter. Die Übung verwirft sie am Ende.',
  'drill.killWorkflows': 'Workflow-Worker beendet',
  'drill.killWorkflows.text':
    'kill -9 für den Temporal-Worker, während eine Bestellung ihre Ware hat und ihre Zahlung noch nicht.',
  'drill.killWorkflows.expected': 'Ein neuer Worker macht am Ende der Historie weiter; kein Schritt geschieht zweimal.',
  'drill.killPayment': 'Zahlungs-Worker beendet',
  'drill.killPayment.text':
    'kill -9 für den Zahlungs-Worker, während eine Bestellung ihre Ware hat und ihre Zahlung noch nicht.',
  'drill.killPayment.expected':
    'Was er gerade tat, wird unter demselben Schlüssel wieder aufgenommen: Niemand zahlt zweimal.',
  'drill.freezeStock': 'Lager-Worker eingefroren',
  'drill.freezeStock.text':
    'Eingefroren für länger als seine Sitzung: Wenn er aufwacht, sind seine Partitionen weitergezogen.',
  'drill.freezeStock.expected': 'Er liest ab dem bestätigten Stand noch einmal; Reserviertes bleibt einmal reserviert.',
  'drill.brokerDown': 'Kafka weg',
  'drill.brokerDown.text': 'Es schweigt einige Sekunden, dann wird es beendet und neu gestartet.',
  'drill.brokerDown.expected':
    'Bestellungen werden weiter angenommen; ihre Ereignisse warten und kommen, wenn Kafka wieder da ist.',
  'drill.databaseDown': 'Datenbank weg',
  'drill.databaseDown.text': 'Sie schweigt einige Sekunden, dann wird sie beendet und neu gestartet.',
  'drill.databaseDown.expected':
    'Die API bittet, später wiederzukommen; wer das unter demselben Schlüssel tut, hat eine Bestellung.',
  'drill.chargedThenSilent': 'Abgebucht, dann Stille',
  'drill.chargedThenSilent.text': 'Der Zahlungsanbieter bucht ab, und seine Antwort kommt nie.',
  'drill.chargedThenSilent.expected':
    'Das Ergebnis wird unter demselben Schlüssel nachgesehen: einmal abgebucht und geliefert.',
  'problem.drill_under_way': 'Eine andere Übung läuft noch. Immer nur eine.',
  'problem.own_login_needed':
    'Eine Übung handelt in Ihrem Namen; dafür brauchen Sie ein Konto hier. Melden Sie sich als Admin dieses Shops an.',
  'problem.drill_impossible': 'Was diese Übung trifft, läuft nicht hier.',
}
